package io.leeway.cli;

import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport;
import io.leeway.monitor.PlannedWindows;
import io.leeway.policy.JudgeReport;
import io.leeway.policy.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a command ended for one model: with a report, with a failure, or checked and found right.
 *
 * @param judged what judging came to after the report, where it was judged
 * @param maintained in place of a report, what maintenance did
 * @param told what else was done
 * @param refused why a check that was asked for says no
 */
record ModelOutcome(
    String model,
    Optional<ModelReport> report,
    Optional<JudgeReport> judged,
    Optional<MaintainedModel> maintained,
    List<Told> told,
    Optional<String> refused,
    Optional<Failure> failure) {
  ModelOutcome {
    told = List.copyOf(told);
  }

  private static ModelOutcome of(
      String model,
      Optional<ModelReport> report,
      Optional<MaintainedModel> maintained,
      Optional<String> refused,
      Optional<Failure> failure) {
    return new ModelOutcome(
        model, report, Optional.empty(), maintained, List.of(), refused, failure);
  }

  static ModelOutcome done(ModelReport report) {
    return of(
        report.model(), Optional.of(report), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The same, judged.
   *
   * @param toldOfNotices what became of notices, in words
   * @param failOn refused if an incident of this severity or above is open
   */
  ModelOutcome judged(
      JudgeReport judgement, List<String> toldOfNotices, Optional<Severity> failOn) {
    Optional<String> no =
        failOn
            .filter(least -> judgement.worst().filter(of -> of.compareTo(least) >= 0).isPresent())
            .map(
                least ->
                    "An incident of severity "
                        + judgement.worst().orElseThrow().text()
                        + " is open, and --fail-on says "
                        + least.text()
                        + ".");
    return new ModelOutcome(
        model,
        report.map(of -> of.withNotes(toldOfNotices)),
        Optional.of(judgement),
        maintained,
        told,
        no,
        failure);
  }

  static ModelOutcome done(MaintainedModel maintained) {
    return of(
        maintained.model(),
        Optional.empty(),
        Optional.of(maintained),
        Optional.empty(),
        Optional.empty());
  }

  /** Checked, and nothing is wrong. */
  static ModelOutcome passed(String model) {
    return of(model, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A check that was asked for says no. */
  static ModelOutcome refused(String model, String why) {
    return of(model, Optional.empty(), Optional.empty(), Optional.of(why), Optional.empty());
  }

  static ModelOutcome failed(String model, Failure failure) {
    return of(model, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(failure));
  }

  /** The same, which was done, and still something is wrong. */
  ModelOutcome failing(Failure why) {
    return new ModelOutcome(model, report, judged, maintained, told, refused, Optional.of(why));
  }

  /** The same, and something else was done. */
  ModelOutcome and(Told more) {
    return new ModelOutcome(
        model,
        report,
        judged,
        maintained,
        Stream.concat(told.stream(), Stream.of(more)).toList(),
        refused,
        failure);
  }

  int exitCode() {
    return failure
        .map(Failure::exitCode)
        .orElse(refused.isPresent() ? ExitCode.REFUSED : ExitCode.DONE);
  }

  /** In plain words, a sentence and the notes; of a failure none, for it is said as an error. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    maintained.ifPresent(done -> words.addAll(done.words()));
    report.ifPresent(
        done -> {
          words.add(model + ": " + sentence(done));
          done.plan().forEach(planned -> words.add("  " + planned));
          done.notes().forEach(note -> words.add("  " + note));
        });
    judged.ifPresent(done -> done.words().forEach(line -> words.add("  " + line)));
    told.forEach(done -> done.words().forEach(line -> words.add("  " + line)));
    refused.ifPresent(why -> words.add("  " + why));
    return words;
  }

  private static String sentence(ModelReport report) {
    return switch (report.result()) {
      case DONE ->
          String.format(
              Locale.ROOT,
              "%s done over %s with %,d rows (run %s).",
              report.command(),
              windows(report.windows()),
              report.rows(),
              report.runId().orElse("without id"));
      case NOTHING_DUE -> "nothing is due; nothing was scanned.";
      case ALREADY_DONE ->
          String.format(
              Locale.ROOT,
              "the same run%s was committed before; nothing was read or written. --force makes it "
                  + "again.",
              report.runId().map(id -> " " + id).orElse(""));
      case PLANNED -> "due " + windows(report.windows()) + "; a dry run, nothing was written.";
    };
  }

  private static String windows(List<Window> windows) {
    if (windows.isEmpty()) {
      return windows.size() + " windows";
    }
    return String.format(
        Locale.ROOT,
        "%,d window%s from %s until %s",
        windows.size(),
        windows.size() == 1 ? "" : "s",
        windows.get(0).start(),
        windows.get(windows.size() - 1).end());
  }

  private String result() {
    return failure.isPresent()
        ? "failed"
        : report
            .map(done -> done.result().name().toLowerCase(Locale.ROOT))
            .or(() -> maintained.map(MaintainedModel::result))
            .or(() -> told.stream().findFirst().map(Told::result))
            .orElse("passed");
  }

  private static Map<String, Object> facts(PlannedWindows planned) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("reason", planned.reason());
    facts.put("windows", planned.windows());
    facts.put("from", planned.stretch().start().toString());
    facts.put("until", planned.stretch().end().toString());
    return facts;
  }

  private static Map<String, Object> facts(JudgeReport judged) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("windows", judged.windows());
    Map<String, Object> verdicts = new LinkedHashMap<>();
    judged.verdicts().forEach((kind, n) -> verdicts.put(kind.name().toLowerCase(Locale.ROOT), n));
    facts.put("verdicts", verdicts);
    facts.put("worst_open", judged.worst().map(Severity::text).orElse(null));
    facts.put("open_incidents", judged.open().stream().map(incident -> incident.id()).toList());
    return facts;
  }

  /** For the summary. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", model);
    facts.put("result", result());
    maintained.ifPresent(done -> facts.putAll(done.facts()));
    report.ifPresent(
        done -> {
          facts.put("run_id", done.runId().orElse(null));
          facts.put("windows", done.windows().size());
          if (!done.windows().isEmpty()) {
            facts.put("first_window_start", done.windows().get(0).start().toString());
            facts.put(
                "last_window_end", done.windows().get(done.windows().size() - 1).end().toString());
          }
          facts.put("plan", done.plan().stream().map(ModelOutcome::facts).toList());
          facts.put("rows", done.rows());
          facts.put("notes", done.notes());
        });
    judged.ifPresent(done -> facts.put("judged", facts(done)));
    told.forEach(done -> facts.put(done.name(), done.facts()));
    facts.put("code", exitCode());
    failure.ifPresent(
        failed -> {
          facts.put("class", failed.family().text());
          facts.put("retry", failed.retry());
          facts.put("message", failed.message());
        });
    return facts;
  }
}
