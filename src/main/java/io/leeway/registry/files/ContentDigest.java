package io.leeway.registry.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A digest of what a model does, not of how its files came to be: SHA-256 over the description, and
 * stage by stage over the metadata without time and id and over the rows of the data, as JSON, in
 * the order of their text. Equal for equal models, however their data files are cut and compressed.
 */
final class ContentDigest {
  /** Where a forest tells of each tree, in a column of JSON. */
  private static final String TREES = "/treesMetadata";

  /** A tree's random id, and when it was written. */
  private static final String IDENTITY = "\"(uid|timestamp)\":(\"[^\"]*\"|\\d+),?";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final MessageDigest digest = ModelFolder.sha256();

  private ContentDigest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The digest, in hexadecimal.
   *
   * @param within folder of the pipeline in the model's folder
   * @param description of the model, as text
   */
  static String of(SparkSession spark, ModelFolder folder, String within, String description)
      throws IOException {
    ContentDigest content = new ContentDigest(spark);
    content.add(description);
    NavigableSet<String> parents = new TreeSet<>();
    folder.list().keySet().stream()
        .filter(name -> name.startsWith(within + "/") && !name.endsWith("/_SUCCESS"))
        .map(CanonicalFiles::parent)
        .forEach(parents::add);
    for (String parent : parents) {
      content.add(parent);
      if (CanonicalFiles.isMetadata(parent)) {
        content.add(metadata(folder.read(parent + "/part-00000")));
      } else {
        content.addRows(folder.path(parent).toString());
      }
    }
    return HexFormat.of().formatHex(content.digest.digest());
  }

  private static String metadata(String json) throws IOException {
    ObjectNode metadata = (ObjectNode) JSON.readTree(json);
    metadata.remove("uid");
    metadata.remove(CanonicalFiles.TIMESTAMP);
    return JSON.writeValueAsString(metadata);
  }

  private void addRows(String path) {
    Dataset<Row> rows = spark.read().parquet(path);
    if (path.endsWith(TREES)) {
      for (StructField field : rows.schema().fields()) {
        if (field.dataType().equals(DataTypes.StringType)) {
          Column json = functions.col(field.name());
          rows = rows.withColumn(field.name(), functions.regexp_replace(json, IDENTITY, ""));
        }
      }
    }
    Iterator<String> texts = rows.toJSON().sort("value").toLocalIterator();
    while (texts.hasNext()) {
      add(texts.next());
    }
  }

  /** Length first, so that texts cannot run into one another. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
