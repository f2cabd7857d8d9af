package io.leeway.registry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:11:05.123456Z");

  private static PipelineModel pipeline;

  @TempDir private Path root;
  private ModelFiles files;

  @BeforeAll
  static void train() {
    pipeline = Loans.pipeline();
  }

  @BeforeEach
  void here() {
    files = new ModelFiles(LocalSpark.session(), root.toString(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private SavedModel staged(String run) {
    return files.stage(run, "credit", Loans.description(0.5), pipeline);
  }

  private static Path folder(SavedModel saved) {
    return Path.of(URI.create(saved.path()).getPath());
  }

  private static NavigableSet<String> names(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void writesTheLayoutThatMlflowLoadsUnderNamesThatAreAlwaysTheSame() throws IOException {
    SavedModel saved = staged("run");
    assertThat(folder(saved)).isEqualTo(root.resolve("staging/run-1"));
    // The folders are those that PipelineModel.save documents; nothing random is in a name.
    assertThat(names(folder(saved)))
        .containsExactly(
            "MLmodel",
            "conda.yaml",
            "governance/feature_spec.json",
            "governance/manifest.json",
            "python_env.yaml",
            "requirements.txt",
            "sparkml/metadata/_SUCCESS",
            "sparkml/metadata/part-00000",
            "sparkml/stages/0_select/metadata/_SUCCESS",
            "sparkml/stages/0_select/metadata/part-00000",
            "sparkml/stages/1_index/data/_SUCCESS",
            "sparkml/stages/1_index/data/part-00000.snappy.parquet",
            "sparkml/stages/1_index/metadata/_SUCCESS",
            "sparkml/stages/1_index/metadata/part-00000",
            "sparkml/stages/2_assemble/metadata/_SUCCESS",
            "sparkml/stages/2_assemble/metadata/part-00000",
            "sparkml/stages/3_logistic/data/_SUCCESS",
            "sparkml/stages/3_logistic/data/part-00000.snappy.parquet",
            "sparkml/stages/3_logistic/metadata/_SUCCESS",
            "sparkml/stages/3_logistic/metadata/part-00000");

    Map<String, String> model = yaml(Files.readString(folder(saved).resolve("MLmodel")));
    // The keys that mlflow.spark.load_model and mlflow.pyfunc.load_model read.
    assertThat(model)
        .containsEntry("flavors.spark.model_data", "sparkml")
        .containsEntry("flavors.spark.model_class", "pyspark.ml.pipeline.PipelineModel")
        .containsEntry("flavors.spark.pyspark_version", LocalSpark.session().version())
        .containsEntry("flavors.python_function.loader_module", "mlflow.spark")
        .containsEntry("flavors.python_function.data", "sparkml")
        .containsEntry("flavors.python_function.env.conda", "conda.yaml")
        .containsEntry("flavors.python_function.env.virtualenv", "python_env.yaml")
        .containsEntry("metadata.leeway_digest", saved.digest())
        .containsEntry("utc_time_created", "2026-03-01 02:11:05.123456");
    assertThat(model.get("model_uuid")).matches("[0-9a-f]{32}");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(model.get("signature.inputs")))
        .isEqualTo(
            json.readTree(
                """
                [{"type": "double", "name": "x", "required": false},
                 {"type": "string", "name": "owner's state", "required": false}]"""));
    assertThat(json.readTree(model.get("signature.outputs")))
        .isEqualTo(
            json.readTree(
                "[{\"type\": \"sparkml_vector\", \"name\": \"prediction\", \"required\": true}]"));
    assertThat(Files.readString(folder(saved).resolve("requirements.txt")))
        .contains("pyspark==" + LocalSpark.session().version());
  }

  /** Values by dotted path; of YAML no more than nested keys and quoted texts. */
  private static Map<String, String> yaml(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] path = new String[8];
    for (String line : text.lines().toList()) {
      String bare = line.strip();
      int depth = (line.length() - line.stripLeading().length()) / 2;
      int colon = bare.indexOf(':');
      path[depth] = bare.substring(0, colon);
      String value = bare.substring(colon + 1).strip();
      if (!value.isEmpty()) {
        if (value.startsWith("'")) {
          value = value.substring(1, value.length() - 1).replace("''", "'");
        }
        values.put(String.join(".", Arrays.asList(path).subList(0, depth + 1)), value);
      }
    }
    return values;
  }

  @Test
  void theManifestListsEveryOtherFileWithItsSha256() throws Exception {
    SavedModel saved = staged("run");
    JsonNode manifest =
        new ObjectMapper()
            .readTree(Files.readString(folder(saved).resolve("governance/manifest.json")));
    TreeSet<String> listed = new TreeSet<>();
    long bytes = 0;
    for (JsonNode file : manifest.get("files")) {
      byte[] content = Files.readAllBytes(folder(saved).resolve(file.get("path").asText()));
      listed.add(file.get("path").asText());
      bytes += content.length;
      assertThat(file.get("bytes").asLong()).isEqualTo(content.length);
      assertThat(file.get("sha256").asText())
          .isEqualTo(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }
    NavigableSet<String> expected = names(folder(saved));
    expected.remove("governance/manifest.json");
    assertThat(listed).isEqualTo(expected);
    assertThat(saved)
        .isEqualTo(
            new SavedModel(
                "credit",
                saved.path(),
                manifest.get("digest").asText(),
                HexFormat.of()
                    .formatHex(
                        MessageDigest.getInstance("SHA-256")
                            .digest(
                                Files.readAllBytes(
                                    folder(saved).resolve("governance/manifest.json")))),
                listed.size(),
                bytes));
  }

  @Test
  void aPlainPipelineModelOpensItAndScoresAlike() {
    SavedModel saved = staged("run");
    PipelineModel plain = PipelineModel.load(saved.path() + "/sparkml");
    assertThat(plain.transform(Loans.rows()).select("prediction").collectAsList())
        .isEqualTo(pipeline.transform(Loans.rows()).select("prediction").collectAsList());
  }

  @Test
  void theDigestIsOfWhatTheModelDoesAndNotOfTheSaving() {
    SavedModel first = staged("run");
    SavedModel again = staged("run");
    assertThat(again.path()).isEqualTo(first.path().replace("run-1", "run-2"));
    assertThat(again.digest()).isEqualTo(first.digest());
    assertThat(files.stage("other", "credit", Loans.description(0.6), pipeline).digest())
        .isNotEqualTo(first.digest());
    assertThat(files.stage("other", "credit", Loans.description(0.5), Loans.other()).digest())
        .isNotEqualTo(first.digest());
  }

  @Test
  void aVersionIsWrittenOnceAndPublishingItAgainChangesNothing() {
    SavedModel staged = staged("run");
    SavedModel published = files.publish(staged, 3);
    assertThat(folder(published)).isEqualTo(root.resolve("credit/v=3"));
    assertThat(folder(staged)).doesNotExist();
    assertThat(files.load("credit", 3, staged.digest()).description())
        .isEqualTo(Loans.description(0.5));

    assertThat(files.publish(staged, 3)).isEqualTo(published);
    SavedModel equal = staged("again");
    assertThat(files.publish(equal, 3)).isEqualTo(published);
    assertThat(folder(equal)).doesNotExist();

    SavedModel other = files.stage("other", "credit", Loans.description(0.6), pipeline);
    assertThatThrownBy(() -> files.publish(other, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "version 3 is there already and is another model: expected digest "
                + other.digest()
                + ", found "
                + staged.digest());
    assertThat(folder(other)).exists();
  }

  @Test
  void beforeTheStagedCopyGoesEveryFileOfTheVersionIsHeldAgainstTheList() throws IOException {
    // As a storage leaves it whose rename copies file by file, when the process died in between.
    SavedModel published = files.publish(staged("run"), 1);
    Path data =
        folder(published).resolve("sparkml/stages/3_logistic/data/part-00000.snappy.parquet");
    byte[] content = Files.readAllBytes(data);
    SavedModel equal = staged("again");
    assertThat(files.isAnother(equal, 1)).isFalse();

    Files.write(data, Arrays.copyOf(content, content.length / 2));
    assertNotWhole(equal, "found " + content.length / 2 + " bytes");
    Files.delete(data);
    assertNotWhole(equal, "found no such file");
    Files.delete(folder(published).resolve("governance/manifest.json"));
    assertNotWhole(equal, "expected the list of all files");

    assertThat(files.isAnother(equal, 2)).isFalse();
    SavedModel next = files.publish(equal, 2);
    assertThat(files.load("credit", 2, equal.digest()).description())
        .isEqualTo(Loans.description(0.5));
    assertThat(folder(next)).isEqualTo(root.resolve("credit/v=2"));
  }

  private void assertNotWhole(SavedModel staged, String message) throws IOException {
    assertThat(files.isAnother(staged, 1)).isTrue();
    NavigableSet<String> there = names(root.resolve("credit/v=1"));
    assertThatThrownBy(() -> files.publish(staged, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Model 'credit': version 1 is there already, but not whole")
        .hasMessageContaining(message);
    assertThat(names(folder(staged))).hasSize(20);
    assertThat(names(root.resolve("credit/v=1"))).isEqualTo(there);
  }

  @Test
  void whatWasNotMovedWholeIsFoundAtOnce() {
    SavedModel staged = staged("run");
    SparkSession session = LocalSpark.another();
    session.conf().set("fs.losing.impl", LosingFileSystem.class.getName());
    SavedModel losing =
        new SavedModel(
            staged.model(),
            "losing:" + folder(staged),
            staged.digest(),
            staged.seal(),
            staged.files(),
            staged.bytes());

    assertThatThrownBy(() -> new ModelFiles(session, "losing:" + root).publish(losing, 1))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Model 'credit': version 1 is not there as it was moved")
        .hasMessageContaining("file requirements.txt is not as it was registered")
        .hasMessageContaining("Run the command again");
    assertThat(files.isAnother(staged, 1)).isTrue();
  }

  /** Local files, of which a rename loses one. */
  public static final class LosingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("losing:///");
    }

    @Override
    public String getScheme() {
      return "losing";
    }

    @Override
    public void initialize(URI address, Configuration configuration) throws IOException {
      super.initialize(URI.create("file:///"), configuration);
    }

    @Override
    protected void checkPath(org.apache.hadoop.fs.Path path) {
      // Every path that comes here was addressed to us.
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return super.rename(from, to)
          && delete(new org.apache.hadoop.fs.Path(to, "requirements.txt"), false);
    }
  }

  @Test
  void anyNameIsOneFolder() {
    SavedModel staged = files.stage("../run", "staging", Loans.description(0.5), pipeline);
    assertThat(folder(staged).getParent()).isEqualTo(root.resolve("staging"));
    assertThat(folder(files.publish(staged, 1)).getParent()).isEqualTo(root.resolve("~staging"));
  }

  @Test
  void damageIsFoundBeforeAnythingIsLoaded() throws IOException {
    SavedModel saved = files.publish(staged("run"), 1);
    Path folder = folder(saved);
    Path data = folder.resolve("sparkml/stages/3_logistic/data/part-00000.snappy.parquet");
    byte[] content = Files.readAllBytes(data);

    byte[] changed = content.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(data, changed);
    assertRefused(
        saved,
        "file sparkml/stages/3_logistic/data/part-00000.snappy.parquet is not as it was registered: expected SHA-256 ");
    Files.write(data, new byte[0]);
    assertRefused(
        saved,
        "part-00000.snappy.parquet is not as it was registered: expected "
            + content.length
            + " bytes, found 0 bytes");
    Files.delete(data);
    assertRefused(
        saved, "part-00000.snappy.parquet is not as it was registered: expected SHA-256 ");
    Files.write(data, content);
    files.load("credit", 1, saved.digest());

    Path more = data.resolveSibling("part-00001.snappy.parquet");
    Files.write(more, content);
    assertRefused(
        saved,
        "file sparkml/stages/3_logistic/data/part-00001.snappy.parquet is not as it was registered: expected no such file");
    Files.delete(more);

    Optional<String> other = Optional.of("1".repeat(64));
    assertThatThrownBy(() -> files.load("credit", 1, saved.digest(), other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("manifest.json is not as it was registered")
        .hasMessageContaining("found SHA-256 " + saved.seal());
    assertThatThrownBy(() -> files.load("credit", 1, "0".repeat(64)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "expected digest " + "0".repeat(64) + ", found digest " + saved.digest());

    Path manifest = folder.resolve("governance/manifest.json");
    String list = Files.readString(manifest);
    Files.writeString(manifest, "{");
    assertRefused(saved, "governance/manifest.json is damaged");
    Files.delete(manifest);
    assertRefused(
        saved,
        "file governance/manifest.json is not as it was registered: expected the list of all files, found no such file");
    Files.writeString(manifest, list);
    files.load("credit", 1, saved.digest());

    assertThatThrownBy(() -> files.load("credit", 2, saved.digest()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no model folder")
        .hasMessageContaining("credit/v=2");
  }

  private void assertRefused(SavedModel saved, String message) {
    assertThatThrownBy(() -> files.load("credit", 1, saved.digest()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aManifestForgedAlongWithAFileIsFoundByItsContent() throws IOException {
    SavedModel saved = files.publish(staged("run"), 1);
    files.verify("credit", 1, saved.digest(), Optional.of(saved.seal()));
    Path spec = folder(saved).resolve("governance/feature_spec.json");
    Files.writeString(spec, Files.readString(spec).replace("0.5", "0.9"));
    ModelFolder folder =
        ModelFolder.at(
            new org.apache.hadoop.fs.Path(saved.path()),
            LocalSpark.session().sparkContext().hadoopConfiguration());
    SortedMap<String, Manifest.Entry> entries = new TreeMap<>();
    for (String name : folder.list().keySet()) {
      if (!name.equals(Manifest.PATH)) {
        entries.put(name, folder.entry(name));
      }
    }
    folder.write(Manifest.PATH, new Manifest(saved.digest(), entries).json());

    assertThatThrownBy(() -> files.verify("credit", 1, saved.digest(), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not with what was registered: expected digest " + saved.digest());
    assertThatThrownBy(() -> files.verify("credit", 1, saved.digest(), Optional.of(saved.seal())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("manifest.json is not as it was registered: expected SHA-256 ");
  }

  @Test
  void aStorageThatDoesNotTakeItIsTheEnvironmentsTrouble() {
    ModelFiles full =
        new ModelFiles(
            FailingFileSystem.session(), FailingFileSystem.address(Trouble.UNREACHABLE, root));
    assertThatThrownBy(() -> full.stage("run", "credit", Loans.description(0.5), pipeline))
        .isInstanceOf(EnvironmentException.class);
    assertThatThrownBy(() -> full.load("credit", 1, "0".repeat(64)))
        .isInstanceOf(EnvironmentException.class);
  }
}
