package io.leeway.store;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A model that has views of its own, and what these say in its users' words.
 *
 * @param versionColumn the column of the predictions that names the version; without one the views
 *     have no such column
 * @param positive the class that counts as favourable, where it is known
 * @param negative of two classes the other one, where it is known
 */
public record ShownModel(
    String name,
    Optional<String> versionColumn,
    Optional<String> positive,
    Optional<String> negative) {
  /** What a model's version is called in the result tables. */
  static final String VERSION = "model_version";

  /** A model of which nothing is known but what the tables tell. */
  public static ShownModel ofTables(String name) {
    return new ShownModel(name, Optional.of(VERSION), Optional.empty(), Optional.empty());
  }

  /**
   * What the names of each model's views begin with: its name, an underscore in place of all that
   * is no letter or digit of ASCII. Where several models would share one, each bears a hash of its
   * name besides.
   */
  static Map<ShownModel, String> prefixes(List<ShownModel> models) {
    Map<String, Long> shared =
        models.stream()
            .collect(groupingBy(model -> model.word().toLowerCase(Locale.ROOT), counting()));
    Map<ShownModel, String> prefixes = new LinkedHashMap<>();
    for (ShownModel model : models) {
      boolean alone = shared.get(model.word().toLowerCase(Locale.ROOT)) == 1;
      prefixes.put(
          model,
          alone ? model.word() : model.word() + "_" + Integer.toHexString(model.name.hashCode()));
    }
    return prefixes;
  }

  private String word() {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
