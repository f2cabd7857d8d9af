package io.leeway.cli;

import java.util.List;

/**
 * What a command that is not stopped by an error ends with.
 *
 * @param models how each model ended
 * @param words plain words for the end of standard output
 */
record Ending(List<ModelOutcome> models, List<String> words) {
  Ending {
    models = List.copyOf(models);
    words = List.copyOf(words);
  }

  static Ending with(List<String> words) {
    return new Ending(List.of(), words);
  }

  static Ending of(List<ModelOutcome> models) {
    return new Ending(models, models.stream().flatMap(model -> model.words().stream()).toList());
  }
}
