package io.leeway.cli;

import io.leeway.config.ConfigFile;
import io.leeway.domain.UserException;
import io.leeway.store.StorageErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the configuration lies: a file of this machine; an address of any file system that Hadoop
 * knows; or the bare name of a file that {@code spark-submit --files} has sent along, which some
 * cluster managers lay into the working folder and others do not.
 */
final class ConfigPlace {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final Configuration hadoop;
  private final String sent;

  /**
   * Looks for configurations.
   *
   * @param sent addresses with commas between, as in {@code spark.files}
   */
  ConfigPlace(Configuration hadoop, String sent) {
    this.hadoop = hadoop;
    this.sent = sent;
  }

  /**
   * Finds it.
   *
   * @throws UserException if there is no such file
   * @throws io.leeway.domain.EnvironmentException if its storage does not answer
   */
  ConfigFile find(String text) {
    if (SCHEME.matcher(text).matches()) {
      return at(text);
    }
    Path here = Path.of(text);
    return Files.exists(here)
        ? ConfigFile.at(here)
        : sentAs(text).map(this::at).orElseGet(() -> ConfigFile.at(here));
  }

  /** The address of what was sent under that name; {@code #} gives it another one. */
  private Optional<String> sentAs(String name) {
    return Arrays.stream(sent.split(",", -1))
        .map(String::trim)
        .filter(
            address ->
                address.contains("#")
                    ? address.substring(address.indexOf('#') + 1).equals(name)
                    : address.substring(address.lastIndexOf('/') + 1).equals(name))
        .map(address -> address.replaceFirst("#.*", ""))
        .findFirst();
  }

  private ConfigFile at(String address) {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(address);
    URI whole = file.toUri();
    if (whole.getScheme() == null || whole.getScheme().equals("file")) {
      return ConfigFile.at(Path.of(whole.getPath()));
    }
    try {
      Path copy = Files.createTempFile("leeway", ".conf");
      copy.toFile().deleteOnExit();
      try (InputStream text = file.getFileSystem(hadoop).open(file)) {
        Files.copy(text, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      return new ConfigFile(address, copy, file.getParent().toUri());
    } catch (FileNotFoundException e) {
      throw new UserException(
          address + ": there is no such file; check the address of the configuration.", e);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "The configuration '" + address + "'");
    }
  }
}
