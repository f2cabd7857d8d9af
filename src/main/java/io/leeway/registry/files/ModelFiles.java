package io.leeway.registry.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.store.StorageErrors;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;

/**
 * The folders of all models: {@code <root>/<model>/v=<version>/}, each written once and never
 * changed, and {@code <root>/staging/<run>-<attempt>/} until a model has its version.
 *
 * <p>A folder holds the pipeline, the files by which MLflow finds it, the model's description and,
 * written last, the list of all files with their SHA-256. Nothing of a folder is loaded before
 * every file was held against that list.
 */
public final class ModelFiles {
  private static final String DESCRIPTION = "governance/feature_spec.json";
  private static final String STAGING = "staging";

  private final SparkSession spark;
  private final Path root;
  private final Clock clock;

  /**
   * Folders below a root.
   *
   * @param root a path, or an address of any file system that Hadoop knows
   */
  public ModelFiles(SparkSession spark, String root) {
    this(spark, root, Clock.systemUTC());
  }

  ModelFiles(SparkSession spark, String root, Clock clock) {
    this.spark = spark;
    this.root = new Path(root);
    this.clock = clock;
  }

  /**
   * Writes a model where nobody looks for it yet.
   *
   * @param runId of the training run
   * @param model its name
   * @param pipeline of MLlib's own stages, which turns the described inputs into the score
   * @throws EnvironmentException if the storage does not take it
   */
  public SavedModel stage(
      String runId, String model, ModelDescription description, PipelineModel pipeline) {
    try {
      ModelFolder folder = unused(runId);
      pipeline.save(folder.path(MlflowLayout.PIPELINE).toString());
      CanonicalFiles.rewrite(folder, MlflowLayout.PIPELINE);
      String spec = DescriptionJson.write(description);
      String digest = ContentDigest.of(spark, folder, MlflowLayout.PIPELINE, spec);
      MlflowLayout.write(folder, description, digest, spark.version(), clock.instant());
      folder.write(DESCRIPTION, spec);
      TreeMap<String, Manifest.Entry> files = new TreeMap<>();
      for (String name : folder.list().keySet()) {
        files.put(name, folder.entry(name));
      }
      Manifest manifest = new Manifest(digest, files);
      folder.write(Manifest.PATH, manifest.json());
      return saved(model, folder, manifest);
    } catch (Exception e) {
      throw StorageErrors.explain(e, "Model '" + model + "' in " + root);
    }
  }

  private ModelFolder unused(String runId) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String name = String.format(Locale.ROOT, "%s-%d", encoded(runId), attempt);
      ModelFolder folder = folder(new Path(new Path(root, STAGING), name));
      if (!folder.exists()) {
        return folder;
      }
    }
  }

  /**
   * Moves a staged model to its version, and holds every file there against the manifest before the
   * staged copy goes. Done again it changes nothing.
   *
   * @param version from 1
   * @return the model in its new place
   * @throws UserException if the version's folder is there and holds another model, or part of one
   * @throws EnvironmentException if the storage does not move it, or somebody else wrote the same
   *     version at the same time
   */
  public SavedModel publish(SavedModel staged, int version) {
    Path target = place(staged.model(), version);
    try {
      ModelFolder published = folder(target);
      ModelFolder staging = folder(new Path(staged.path()));
      if (published.exists()) {
        Manifest there = whole(published, staged, version);
        if (staging.exists() && !staging.path().equals(published.path())) {
          staging.removeAll();
        }
        return saved(staged.model(), published, there);
      }
      staging.moveTo(published.path());
      return saved(staged.model(), published, moved(published, staged, version));
    } catch (IOException e) {
      throw StorageErrors.explain(e, "Model folder '" + target + "'");
    }
  }

  /** The manifest of a version that was there before, after every file was held against it. */
  private static Manifest whole(ModelFolder there, SavedModel staged, int version)
      throws IOException {
    Manifest found;
    try {
      found = there.verified(there.manifest().digest());
    } catch (UserException e) {
      throw new UserException(
          "Model '%s': version %d is there already, but not whole; the model in '%s' is kept, publish it under the next version. %s"
              .formatted(staged.model(), version, staged.path(), e.getMessage()),
          e);
    }
    if (!found.digest().equals(staged.digest())) {
      throw new UserException(
          "Model '%s': version %d is there already and is another model: expected digest %s, found %s in '%s'. Versions are written once; publish under the next one."
              .formatted(staged.model(), version, staged.digest(), found.digest(), there.path()));
    }
    return found;
  }

  /**
   * The same of one that was just moved. Some storages move a folder by copying its files one by
   * one, and put it into one that somebody else made meanwhile.
   */
  private static Manifest moved(ModelFolder to, SavedModel staged, int version) {
    try {
      return to.verified(staged.digest());
    } catch (UserException e) {
      throw new EnvironmentException(
          "Model '%s': version %d is not there as it was moved; somebody else wrote it at the same time, or the storage lost a part. Run the command again. %s"
              .formatted(staged.model(), version, e.getMessage()),
          e);
    }
  }

  /** Whether a version's folder is there and holds another model than a staged one, or not all. */
  public boolean isAnother(SavedModel staged, int version) {
    Path target = place(staged.model(), version);
    try {
      ModelFolder published = folder(target);
      if (published.exists()) {
        published.verified(staged.digest());
      }
      return false;
    } catch (UserException e) {
      return true;
    } catch (IOException e) {
      throw StorageErrors.explain(e, "Model folder '" + target + "'");
    }
  }

  /**
   * Opens a version, after every file was held against the manifest.
   *
   * @param digest that the registry knows of the version
   * @throws UserException if the folder or a file in it is missing, changed or too much, naming it;
   *     then nothing was loaded
   * @throws EnvironmentException if the storage does not answer
   */
  public ScoringModel load(String model, int version, String digest) {
    return open(place(model, version), digest, Optional.empty());
  }

  /**
   * The same, with the manifest itself held against what the registry knows of it.
   *
   * @param seal as of {@link SavedModel#seal}; not looked at where the registry knows none
   */
  public ScoringModel load(String model, int version, String digest, Optional<String> seal) {
    return open(place(model, version), digest, seal);
  }

  /** Opens a model that has no version yet, checked in the same way. */
  public ScoringModel load(SavedModel saved) {
    return open(new Path(saved.path()), saved.digest(), Optional.of(saved.seal()));
  }

  /**
   * Looks whether a version still is what its digest says, down to the rows of its data files, so
   * that a manifest that was forged along with a file is found out, too. Takes longer than {@link
   * #load}, and loads nothing.
   *
   * @param seal as of {@link SavedModel#seal}; not looked at where the registry knows none
   * @throws UserException naming what is not as it was registered, or that the folder is gone
   */
  public void verify(String model, int version, String digest, Optional<String> seal) {
    Path path = place(model, version);
    try {
      ModelFolder folder = folder(path);
      folder.verified(digest);
      if (seal.isPresent()) {
        folder.requireSeal(seal.get());
      }
      String found =
          ContentDigest.of(spark, folder, MlflowLayout.PIPELINE, folder.read(DESCRIPTION));
      if (!found.equals(digest)) {
        throw new UserException(
            "Model folder '%s': its files agree with their list, but not with what was registered: expected digest %s, found %s. Restore the folder, or train and register the model again."
                .formatted(path, digest, found));
      }
    } catch (IOException e) {
      throw StorageErrors.explain(e, "Model folder '" + path + "'");
    }
  }

  private ScoringModel open(Path path, String digest, Optional<String> seal) {
    try {
      ModelFolder folder = folder(path);
      folder.verified(digest);
      if (seal.isPresent()) {
        folder.requireSeal(seal.get());
      }
      ModelDescription description = description(folder);
      PipelineModel pipeline = PipelineModel.load(folder.path(MlflowLayout.PIPELINE).toString());
      return new ScoringModel(description, pipeline);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "Model folder '" + path + "'");
    }
  }

  private static ModelDescription description(ModelFolder folder) throws IOException {
    try {
      return DescriptionJson.read(new ObjectMapper().readTree(folder.read(DESCRIPTION)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UserException(
          "Model folder '%s': %s cannot be read (%s). It may be of a newer release; score with that one, or train the model again."
              .formatted(folder.path(), DESCRIPTION, e.getMessage()),
          e);
    }
  }

  private Path place(String model, int version) {
    if (version < 1) {
      throw new IllegalArgumentException("Version " + version + " of " + model + ".");
    }
    return new Path(new Path(root, encoded(model)), "v=" + version);
  }

  /** A name that is one folder on every file system, and never that of the staged ones. */
  public static String encoded(String name) {
    // A tilde in place of the percent sign, which addresses would take for an escape of theirs.
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8)
            .replace("*", "~2A")
            .replace("+", "~20")
            .replace('%', '~');
    return encoded.startsWith(".") || encoded.equals(STAGING) ? "~" + encoded : encoded;
  }

  private ModelFolder folder(Path path) throws IOException {
    return ModelFolder.at(path, hadoop());
  }

  private Configuration hadoop() {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf();
  }

  private static SavedModel saved(String model, ModelFolder folder, Manifest manifest)
      throws IOException {
    return new SavedModel(
        model,
        folder.path().toString(),
        manifest.digest(),
        folder.entry(Manifest.PATH).sha256(),
        manifest.files().size(),
        manifest.bytes());
  }
}
