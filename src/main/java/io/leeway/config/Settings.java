package io.leeway.config;

import com.typesafe.config.ConfigUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was read of one block, defaults included, key by key in one normal form: the source of the
 * hash and of the description.
 */
final class Settings {
  static final String MASK = "***";

  private record Setting(String meaning, String shown, boolean isDefault) {}

  private final SortedMap<String, Setting> settings = new TreeMap<>();

  void put(String key, Object value, boolean secret) {
    String text = render(value);
    settings.put(key, new Setting(text, secret ? MASK : text, false));
  }

  /** A value whose shown form differs from what it means, such as a resolved path. */
  void putShown(String key, String meaning, String shown) {
    settings.put(key, new Setting(render(meaning), shown, false));
  }

  /** Takes a value that equals the default as if it had been left out. */
  void putDefault(String key, Object value) {
    settings.put(key, new Setting("", render(value), true));
  }

  /** Key under the path to text, secrets masked, defaults marked. */
  Map<String, String> shown(String path) {
    Map<String, String> shown = new TreeMap<>();
    settings.forEach(
        (key, setting) ->
            shown.put(path + "." + key, setting.shown + (setting.isDefault ? "  # default" : "")));
    return shown;
  }

  /**
   * SHA-256, in hexadecimal, of what differs from the defaults among the keys asked for. A default
   * that is spelled out does not count, so a new key with a default leaves old hashes as they were.
   */
  String hash(Predicate<String> keys) {
    String content =
        settings.entrySet().stream()
            .filter(entry -> !entry.getValue().isDefault && keys.test(entry.getKey()))
            .map(entry -> ConfigUtil.quoteString(entry.getKey()) + "=" + entry.getValue().meaning)
            .collect(Collectors.joining("\n"));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static String render(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Duration duration) {
      return ConfigUtil.quoteString(DurationText.format(duration));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(Settings::render).collect(Collectors.joining(", ", "[", "]"));
    }
    return ConfigUtil.quoteString(value.toString());
  }
}
