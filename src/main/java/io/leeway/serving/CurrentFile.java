package io.leeway.serving;

import io.leeway.config.CircuitConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.LeewayException;
import io.leeway.registry.Challenge;
import io.leeway.registry.Details;
import io.leeway.registry.ModelState;
import io.leeway.registry.Version;
import io.leeway.registry.files.ModelFiles;
import io.leeway.serving.circuit.Circuit;
import io.leeway.store.StorageErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * How a model stands, in one small file for whoever serves and reads no Delta: {@code
 * <root>/<model>/current.json}. It is written beside and renamed, so that readers see it as it was
 * or whole; it bears the number of the audit log's last entry, and never goes back to a lower one.
 *
 * <p>The log is the truth, and the file is made from it. One that was lost or missed is made anew
 * by the next write.
 */
public final class CurrentFile {
  private static final String SEQUENCE = "sequence";

  private final Configuration hadoop;
  private final String root;

  /**
   * Of a folder.
   *
   * @param root of the models, an address of any file system that Hadoop knows
   */
  public CurrentFile(Configuration hadoop, String root) {
    this.hadoop = hadoop;
    this.root = root;
  }

  /** Where the file of a model is. */
  public Path path(String model) {
    return new Path(new Path(root, ModelFiles.encoded(model)), "current.json");
  }

  /**
   * Writes how a model stands.
   *
   * @return whether it was written; not where the file has the same number already or a higher one
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public boolean write(ModelState state, CircuitConfig circuit) {
    Path file = path(state.model());
    try {
      FileContext files = FileContext.getFileContext(file.toUri(), hadoop);
      OptionalLong there = sequence(files, file);
      if (there.isPresent() && there.getAsLong() >= state.last()) {
        return false;
      }
      Path beside = new Path(file.getParent(), ".current-" + UUID.randomUUID() + ".tmp");
      try (OutputStream out =
          files.create(beside, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())) {
        out.write((text(state, circuit) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      // Whoever was faster meanwhile stays. What comes between this look and the rename is not
      // seen:
      // no file system renames by comparison, so the next write mends it.
      OptionalLong since = sequence(files, file);
      if (since.isPresent() && since.getAsLong() >= state.last()) {
        files.delete(beside, false);
        return false;
      }
      files.rename(beside, file, Options.Rename.OVERWRITE);
      return true;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static RuntimeException unwritten(Path file, IOException e) {
    return StorageErrors.explain(e, "File '" + file + "'") instanceof LeewayException known
        ? known
        : new EnvironmentException(
            "File '" + file + "' could not be written: " + e.getMessage() + ".", e);
  }

  /** The number that the file bears; empty where there is none, or no such file. */
  private static OptionalLong sequence(FileContext files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new Details(new String(in.readAllBytes(), StandardCharsets.UTF_8)).number(SEQUENCE);
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /** The file's text: canonical JSON. */
  static String text(ModelState state, CircuitConfig config) {
    return Details.of(
            "model",
            state.model(),
            SEQUENCE,
            state.last(),
            "champion",
            state.champion().map(CurrentFile::version).orElse(null),
            "challenger",
            state
                .challenge()
                .filter(of -> !of.shadow())
                .map(of -> challenger(state, of))
                .orElse(null),
            "shadow",
            state
                .challenge()
                .filter(Challenge::shadow)
                .map(of -> version(state.version(of.version())))
                .orElse(null),
            "circuit",
            state.circuit().isEmpty() ? null : circuit(CircuitDesk.published(state), config))
        .json();
  }

  private static Map<String, Object> circuit(Circuit circuit, CircuitConfig config) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("state", circuit.state().name());
    circuit.validUntil().ifPresent(until -> said.put("valid_until", until));
    said.put("fallback", config.fallback().text());
    return said;
  }

  private static Map<String, Object> version(Version version) {
    return Map.of("version", version.number(), "uri", version.uri(), "digest", version.digest());
  }

  private static Map<String, Object> challenger(ModelState state, Challenge challenge) {
    Version version = state.version(challenge.version());
    return Map.of(
        "version",
        version.number(),
        "uri",
        version.uri(),
        "digest",
        version.digest(),
        "basis_points",
        challenge.basisPoints(),
        "salt",
        challenge.salt());
  }
}
