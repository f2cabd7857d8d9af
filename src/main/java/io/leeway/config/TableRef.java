package io.leeway.config;

import com.typesafe.config.ConfigUtil;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table: a path where the text holds {@code /} or a scheme, a name of the catalog otherwise.
 * Relative paths are resolved already.
 */
public record TableRef(String text, boolean isPath) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern NAME =
      Pattern.compile("(?:[^.`\\s]+|`(?:[^`]|``)+`)(?:\\.(?:[^.`\\s]+|`(?:[^`]|``)+`)){0,3}");

  /** A password in the address itself, or a signature or key among its parameters. */
  private static final Pattern SECRET =
      Pattern.compile(
          "[^:]*://[^/@]*:[^/@]*@.*|.*[?&](?:sig|signature|token|key|password)=.*",
          Pattern.CASE_INSENSITIVE);

  public TableRef {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A table needs a path or a name, but the text is empty.");
    }
  }

  static Optional<TableRef> optional(Block block, String key) {
    return block.find(key).flatMap(TableRef::read);
  }

  static TableRef required(Block block, String key) {
    Optional<TableRef> table = optional(block, key);
    if (block.find(key).isEmpty()) {
      block.missing(key, "write the table's path or catalog name");
    }
    return table.orElse(new TableRef(Block.MISSING, false));
  }

  private static Optional<TableRef> read(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().contains("/") || hasScheme(text.get())) {
      return path(value, text.get()).map(path -> new TableRef(path, true));
    }
    if (!NAME.matcher(text.get()).matches()) {
      value.wrong(
          value.shown(text.get())
              + " is neither a path nor a catalog name; write a path with '/', or one to four names with "
              + "dots between");
      return Optional.empty();
    }
    value.settings().put(value.setting(), text.get(), value.fromEnvironment());
    return Optional.of(new TableRef(text.get(), false));
  }

  /** The text as an absolute path or an address; relative ones start at the file's folder. */
  static Optional<String> path(Value value, String text) {
    if (text.startsWith("~")) {
      value.wrong(
          value.shown(text)
              + " starts with '~', which only a shell expands; write ${HOME}\"/...\"");
      return Optional.empty();
    }
    boolean secret = holdsSecret(text);
    if (secret && !value.fromEnvironment()) {
      value.wrong(
          "holds a secret in plain text; put the whole address into an environment variable and write "
              + "${?NAME}");
      return Optional.empty();
    }
    boolean whole = text.startsWith("/") || hasScheme(text);
    String resolved = whole ? text : value.reading().resolve(value.path(), text);
    String shown = secret ? Settings.MASK : ConfigUtil.quoteString(resolved);
    value.settings().putShown(value.setting(), text, shown);
    return Optional.of(resolved);
  }

  /** Whether a password, a signature or a key stands in an address. */
  static boolean holdsSecret(String address) {
    return SECRET.matcher(address).matches();
  }

  private static boolean hasScheme(String text) {
    return SCHEME.matcher(text).matches();
  }

  /** The text of the configuration; a secret in an address is not shown. */
  @Override
  public String toString() {
    return holdsSecret(text) ? Settings.MASK : text;
  }
}
