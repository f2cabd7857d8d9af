package io.leeway.registry.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The files beside a saved pipeline that MLflow's Spark flavour reads: with them {@code
 * mlflow.spark.load_model} and {@code mlflow.pyfunc.load_model} open the folder.
 *
 * @see <a href="https://mlflow.org/docs/latest/ml/model/">MLflow models, storage format</a>
 */
final class MlflowLayout {
  /** Where the pipeline lies within a model's folder. */
  static final String PIPELINE = "sparkml";

  /** The versions aimed at; a loader with others says so and goes on. */
  private static final String MLFLOW = "3.4.0";

  private static final String PYTHON = "3.11.9";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MlflowLayout() {}

  static void write(
      ModelFolder folder,
      ModelDescription description,
      String digest,
      String sparkVersion,
      Instant created)
      throws IOException {
    folder.write("MLmodel", model(description, digest, sparkVersion, created));
    folder.write(
        "conda.yaml",
        """
        channels:
        - conda-forge
        dependencies:
        - python=%s
        - pip
        - pip:
          - mlflow==%s
          - pyspark==%s
        name: mlflow-env
        """
            .formatted(PYTHON, MLFLOW, sparkVersion));
    folder.write(
        "python_env.yaml",
        """
        python: %s
        build_dependencies:
        - pip
        - setuptools
        - wheel
        dependencies:
        - -r requirements.txt
        """
            .formatted(PYTHON));
    folder.write("requirements.txt", "mlflow==%s\npyspark==%s\n".formatted(MLFLOW, sparkVersion));
  }

  private static String model(
      ModelDescription description, String digest, String sparkVersion, Instant created)
      throws IOException {
    // The id is made of the digest: one model has one.
    return """
        artifact_path: model
        flavors:
          python_function:
            data: %s
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.spark
            python_version: %s
          spark:
            code: null
            model_class: pyspark.ml.pipeline.PipelineModel
            model_data: %s
            pyspark_version: %s
        metadata:
          leeway_digest: %s
          leeway_pipeline_hash: %s
        mlflow_version: %s
        model_uuid: %s
        signature:
          inputs: %s
          outputs: %s
          params: null
        utc_time_created: '%s'
        """
        .formatted(
            PIPELINE,
            PYTHON,
            PIPELINE,
            sparkVersion,
            digest,
            description.pipelineHash(),
            MLFLOW,
            digest.substring(0, 32),
            quoted(inputs(description)),
            quoted(outputs(description)),
            CREATED.format(created));
  }

  /** A text in YAML's single quotes. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String inputs(ModelDescription description) throws IOException {
    ArrayNode inputs = JSON.createArrayNode();
    for (InputColumn input : description.inputs()) {
      // A number that is missing is replaced by the pipeline, so no column must hold values.
      inputs.add(type(input.dataType()).put("name", input.name()).put("required", false));
    }
    return JSON.writeValueAsString(inputs);
  }

  private static String outputs(ModelDescription description) throws IOException {
    boolean number = description.score().kind() == ScoreColumn.Kind.NUMBER;
    ArrayNode outputs = JSON.createArrayNode();
    outputs
        .addObject()
        .put("type", number ? "double" : "sparkml_vector")
        .put("name", description.score().column())
        .put("required", true);
    return JSON.writeValueAsString(outputs);
  }

  /** A type as MLflow's signatures have it. */
  private static ObjectNode type(DataType type) {
    ObjectNode node = JSON.createObjectNode();
    if (type instanceof StructType struct) {
      node.put("type", "object");
      ObjectNode properties = node.putObject("properties");
      for (StructField field : struct.fields()) {
        properties.set(field.name(), type(field.dataType()).put("required", false));
      }
      return node;
    } else if (type instanceof ArrayType array) {
      node.put("type", "array").set("items", type(array.elementType()));
      return node;
    } else if (type instanceof MapType map) {
      node.put("type", "map").set("values", type(map.valueType()));
      return node;
    }
    return node.put("type", simple(type));
  }

  private static String simple(DataType type) {
    if (type instanceof BooleanType) {
      return "boolean";
    } else if (type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType) {
      return "integer";
    } else if (type instanceof LongType) {
      return "long";
    } else if (type instanceof FloatType) {
      return "float";
    } else if (type instanceof NumericType) {
      return "double";
    } else if (type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return "datetime";
    }
    return type instanceof BinaryType ? "binary" : "string";
  }
}
