package io.leeway.cli;

import io.leeway.store.Maintained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code maintain} did for one model, in words and for the summary. */
record MaintainedModel(Maintained done) {

  String model() {
    return done.model();
  }

  /** As other commands call it. */
  String result() {
    if (done.isNothing()) {
      return "nothing_due";
    }
    return done.dryRun() ? "planned" : "done";
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    if (done.isNothing()) {
      words.add(model() + ": nothing to do; nothing was changed.");
    } else {
      words.add(
          model() + (done.dryRun() ? ": a dry run, nothing was changed." : ": maintenance done."));
    }
    String goes = done.dryRun() ? "would go" : "went";
    for (Maintained.Removed removed : done.removed()) {
      words.add(
          String.format(
              Locale.ROOT,
              "  %s: %,d %s %s, %s.",
              removed.table(),
              removed.rows(),
              removed.rows() == 1 ? "row" : "rows",
              goes,
              why(removed.why())));
    }
    for (Maintained.Files files : done.files()) {
      words.add(
          String.format(
              Locale.ROOT,
              "  %s: %,d files → %s%,d.",
              files.table(),
              files.before(),
              done.dryRun() ? "about " : "",
              files.after()));
    }
    done.notes().forEach(note -> words.add("  " + note));
    return words;
  }

  private static String why(Maintained.Why why) {
    return switch (why) {
      case ABANDONED -> "of attempts that never committed";
      case SUPERSEDED -> "replaced by later runs longer ago than superseded numbers are kept";
      case RETENTION ->
          "of slices whose windows ended longer ago than slices of their length are kept";
    };
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("removed", done.removed().stream().map(MaintainedModel::facts).toList());
    facts.put("files", done.files().stream().map(MaintainedModel::facts).toList());
    facts.put("notes", done.notes());
    return facts;
  }

  private static Map<String, Object> facts(Maintained.Removed removed) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", removed.table());
    facts.put("why", removed.why().name().toLowerCase(Locale.ROOT));
    facts.put("rows", removed.rows());
    return facts;
  }

  private static Map<String, Object> facts(Maintained.Files files) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", files.table());
    facts.put("before", files.before());
    facts.put("after", files.after());
    return facts;
  }
}
