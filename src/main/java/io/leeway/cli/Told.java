package io.leeway.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that was done for a model.
 *
 * @param name under which the summary has it, for example {@code retrain}
 * @param result in a word
 * @param facts for the summary: texts, numbers, lists; {@code null} where there is none
 * @param words for people, a line each
 */
record Told(String name, String result, Map<String, Object> facts, List<String> words) {
  Told {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    words = List.copyOf(words);
  }
}
