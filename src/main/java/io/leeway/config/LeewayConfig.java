package io.leeway.config;

import io.leeway.domain.UserException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A whole configuration, checked.
 *
 * @param notices whom to tell, of all models
 * @param models by name
 * @param source the file it was read from
 * @param relativePaths paths that were written relative to the file's folder, which only this
 *     machine can follow
 * @param settings every setting with its effective value, secrets masked
 */
public record LeewayConfig(
    StoreConfig store,
    NoticesConfig notices,
    List<ModelConfig> models,
    String source,
    List<RelativePath> relativePaths,
    Map<String, String> settings) {
  private static final int NAMES_SHOWN = 20;

  /** A relative path as written, and the key it stands under. */
  public record RelativePath(String key, String text) {}

  public LeewayConfig {
    models = List.copyOf(models);
    relativePaths = List.copyOf(relativePaths);
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * The model of this name.
   *
   * @throws UserException if there is none, naming those that there are, nearest first
   */
  public ModelConfig model(String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UserException(unknown(name)));
  }

  private String unknown(String name) {
    List<String> known = Nearest.first(name, models.stream().map(ModelConfig::name).toList());
    int hidden = known.size() - NAMES_SHOWN;
    return source
        + ": there is no model '"
        + name
        + "'; known, nearest first: "
        + String.join(", ", known.subList(0, Math.min(NAMES_SHOWN, known.size())))
        + (hidden > 0 ? " and " + hidden + " more." : ".");
  }

  /** Every setting on a line of its own, defaults marked, secrets masked. */
  public String describe() {
    return settings.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
