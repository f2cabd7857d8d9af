package io.leeway.retrain.gate;

import io.leeway.config.GateRule;
import io.leeway.config.Task;
import io.leeway.domain.Slice;
import io.leeway.stats.Outcome;
import io.leeway.stats.paired.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A rule about parts of the rows, segments or a scenario, whose metric has a known noise. A part
 * fails only where it is surely beyond what is allowed: parts are small, and one that cannot tell
 * must not hold up a candidate that the whole has shown to be good. Beyond it as measured, but not
 * surely, is a warning.
 *
 * <p>A rule with many segments tests many times. Its p-values are adjusted by {@link Holm} over all
 * segments that were large enough, of all slices of the rule: a single false alarm blocks, so the
 * chance of even one is what is held down, and segments of crossing slices share rows, under which
 * Holm stands.
 */
final class PartChecks {
  /** Rows of either class from which a mean of a segment is judged. */
  private static final long LEAST_OF_CLASS = 5;

  private PartChecks() {}

  /** Rows that are judged alone, and how a sentence about them starts. */
  private static final class Part {
    private final CheckDraft draft;
    private final String where;
    private final int[] rows;

    Part(CheckDraft draft, String where, int[] rows) {
      this.draft = draft;
      this.where = where;
      this.rows = rows;
    }
  }

  private record Answered(Part part, Answer answer) {}

  /** The segments of all slices; those that cannot be cut fail. */
  static List<GateCheck> ofSegments(Case of, GateRule rule) {
    List<Part> parts = new ArrayList<>();
    for (Slice slice : rule.slices()) {
      Optional<Groups> segments = of.holdout().slice(slice);
      if (segments.isEmpty()) {
        continue;
      }
      int[][] members = segments.get().members();
      for (int s = 0; s < members.length; s++) {
        if (members[s].length > 0) {
          String segment = segments.get().texts().get(s);
          parts.add(
              new Part(
                  CheckDraft.of(rule, slice, segment),
                  "In " + slice + " " + segment + " ",
                  members[s]));
        }
      }
    }
    return judged(of, rule, parts);
  }

  /** A failed check for every slice that is not in the data. */
  static List<GateCheck> missing(Case of, GateRule rule) {
    return rule.slices().stream()
        .filter(
            slice ->
                of.holdout()
                    .slice(slice)
                    .filter(groups -> Arrays.stream(groups.members()).anyMatch(m -> m.length > 0))
                    .isEmpty())
        .map(
            slice ->
                CheckDraft.of(rule, slice)
                    .fails("No row of the holdout has a value of slice " + slice + "."))
        .toList();
  }

  /** A scenario that has rows. */
  static GateCheck ofScenario(Case of, GateRule rule, CheckDraft draft, int[] rows) {
    String where = "In scenario " + rule.scenario().orElseThrow() + " ";
    return judged(of, rule, List.of(new Part(draft, where, rows))).get(0);
  }

  /** Why these rows are too few to judge a part by; empty if they are enough. */
  static Optional<String> objection(Case of, GateRule rule, int[] rows) {
    if (rows.length < rule.minRows()) {
      return Optional.of(
          "It is judged from " + rule.minRows() + " rows; here are " + rows.length + ".");
    }
    if (of.holdout().task() != Task.BINARY) {
      return Optional.empty();
    }
    long[] counts = of.holdout().classCounts(rows);
    long least = of.plan().minOfEachClass();
    return switch (rule.metric()) {
      case ROC_AUC -> tooFew(Math.min(counts[0], counts[1]), least, "the rarer class");
      case RECALL -> tooFew(counts[1], least, "the positive class");
      case SPECIFICITY -> tooFew(counts[0], least, "the negative class");
      default ->
          tooFew(
              Math.min(counts[0], counts[1]), Math.min(least, LEAST_OF_CLASS), "the rarer class");
    };
  }

  private static Optional<String> tooFew(long n, long least, String what) {
    return n >= least
        ? Optional.empty()
        : Optional.of("It is judged from " + least + " rows of " + what + "; here are " + n + ".");
  }

  /** In the order of the parts. */
  private static List<GateCheck> judged(Case of, GateRule rule, List<Part> parts) {
    List<Outcome<Answered>> answers = parts.stream().map(part -> answered(of, rule, part)).toList();
    double[] p =
        answers.stream()
            .flatMap(answer -> answer.value().stream())
            .mapToDouble(answered -> answered.answer.pBeyond())
            .toArray();
    double[] adjusted = Holm.adjusted(p);
    List<GateCheck> checks = new ArrayList<>();
    int tested = 0;
    for (int i = 0; i < parts.size(); i++) {
      Optional<Answered> answered = answers.get(i).value();
      if (answered.isPresent()) {
        boolean surely = adjusted[tested++] <= of.plan().level();
        checks.add(judged(rule, answered.get(), surely, p.length));
      } else {
        Part part = parts.get(i);
        checks.add(
            part.draft.isTooSmall(
                part.where
                    + rule.metric().text()
                    + " is not judged: "
                    + answers.get(i).reason().orElseThrow()));
      }
    }
    return checks;
  }

  private static Outcome<Answered> answered(Case of, GateRule rule, Part part) {
    part.draft.rows(of.holdout(), part.rows);
    return objection(of, rule, part.rows)
        .map(Outcome::<Answered>undefined)
        .orElseGet(
            () ->
                Answer.of(of, rule, part.draft, part.rows)
                    .map(answer -> new Answered(part, answer)));
  }

  private static GateCheck judged(GateRule rule, Answered answered, boolean surely, int tests) {
    Answer answer = answered.answer;
    String values = answered.part.where + answer.values() + ": ";
    String measured =
        rule.demand().isChange()
            ? Wording.worse(answer.by())
                + ", and "
                + Wording.number(answer.allowed())
                + " is allowed"
            : (answer.isBeyond() ? "beyond" : "within")
                + " its limit of "
                + Wording.number(rule.limit().value());
    String among = tests > 1 ? ", as one of " + tests + " tested" : "";
    if (surely) {
      return answered.part.draft.fails(
          Wording.sentence(values + measured + "; it is surely beyond that" + among));
    }
    return answer.isBeyond()
        ? answered.part.draft.warns(
            Wording.sentence(values + measured + "; that may be chance" + among))
        : answered.part.draft.passes(Wording.sentence(values + measured));
  }
}
