package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ModelConfig;
import io.leeway.config.PipelineConfig;
import io.leeway.config.PipelineConfig.DatePart;
import io.leeway.config.PipelineConfig.Encode;
import io.leeway.config.PipelineConfig.Feature;
import io.leeway.config.PipelineConfig.Impute;
import io.leeway.config.PipelineConfig.Scale;
import io.leeway.domain.UserException;
import io.leeway.registry.files.InputColumn;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FeaturePipelineTest {
  private static final Applicants APPLICANTS = new Applicants(Path.of("/data"));
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "x DOUBLE, state STRING, at TIMESTAMP, place STRUCT<zip: INT>, tags ARRAY<STRING>, `odd.name` BOOLEAN, p DOUBLE, `a``b` DECIMAL(4,1)");

  private static Row row(Double x, String state, String at) {
    return RowFactory.create(
        x,
        state,
        at == null ? null : Timestamp.from(Instant.parse(at)),
        x == null ? null : RowFactory.create(x.intValue()),
        new String[] {"t"},
        x == null ? null : x > 2,
        0.5,
        null);
  }

  private static Dataset<Row> rows(Row... rows) {
    return LocalSpark.session().createDataFrame(Arrays.asList(rows), SCHEMA);
  }

  private static final Row[] LEARNT = {
    row(1.0, "vic", "2026-01-31T23:30:00Z"),
    row(2.0, "vic", "2026-01-31T23:30:00Z"),
    row(4.0, "nsw", "2026-01-31T23:30:00Z"),
    row(9.0, "vic", "2026-01-31T23:30:00Z")
  };

  private static Feature feature(
      String name,
      String sql,
      Impute impute,
      Scale scale,
      Encode encode,
      List<Double> buckets,
      List<DatePart> parts) {
    return new Feature(
        name,
        sql == null ? Optional.of(name) : Optional.empty(),
        Optional.ofNullable(sql),
        Optional.ofNullable(impute),
        Optional.ofNullable(scale),
        Optional.ofNullable(encode),
        buckets,
        parts);
  }

  private static Feature number(String name, String sql, Impute impute, Scale scale) {
    return feature(name, sql, impute, scale, null, List.of(), List.of());
  }

  private static FeaturePipeline pipeline(ModelConfig model, Feature... features) {
    return FeaturePipeline.of(model, new PipelineConfig(List.of(features)), rows(LEARNT));
  }

  /** The vectors of rows, by features learnt from {@link #LEARNT}. */
  private static List<double[]> vectors(FeaturePipeline features, Row... rows) {
    PipelineModel fitted =
        new Pipeline().setStages(features.stages().toArray(PipelineStage[]::new)).fit(rows(LEARNT));
    return fitted.transform(rows(rows)).select(FeaturePipeline.FEATURES).collectAsList().stream()
        .map(row -> row.<Vector>getAs(0).toArray())
        .toList();
  }

  private static List<double[]> vectors(Feature feature, Row... rows) {
    return vectors(pipeline(APPLICANTS.model(), feature), rows);
  }

  @Test
  void missingNumbersNaNAndInfinitiesBecomeTheMedianOrTheMean() {
    Row[] rows = {
      row(null, "vic", null),
      row(Double.NaN, "vic", null),
      row(Double.NEGATIVE_INFINITY, "vic", null),
      row(5.0, "vic", null)
    };
    // Of 1, 2, 4, 9 the mean is 4, and MLlib's median is one of the values: the lower, 2.
    assertThat(vectors(number("x", null, Impute.MEAN, null), rows))
        .containsExactly(new double[] {4}, new double[] {4}, new double[] {4}, new double[] {5});
    assertThat(vectors(number("x", null, Impute.MEDIAN, null), rows))
        .containsExactly(new double[] {2}, new double[] {2}, new double[] {2}, new double[] {5});
  }

  @Test
  void numbersAreScaledByWhatWasLearnt() {
    // 1, 2, 4, 9: mean 4, variance (9 + 4 + 0 + 25) / 3 with divisor n - 1.
    assertThat(vectors(number("x", null, null, Scale.STANDARD), row(9.0, "", null)).get(0)[0])
        .isCloseTo(5 / Math.sqrt(38 / 3.0), within(1e-12));
    assertThat(vectors(number("x", null, null, Scale.MIN_MAX), row(5.0, "", null)).get(0)[0])
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void missingAndUnseenCategoriesAreNoneOfThoseKnown() {
    Row[] rows = {
      row(1.0, "vic", null), row(1.0, "nsw", null), row(1.0, "tas", null), row(1.0, null, null)
    };
    // By falling frequency: vic, then nsw.
    assertThat(vectors(Feature.ofColumn("state"), rows))
        .containsExactly(
            new double[] {1, 0}, new double[] {0, 1}, new double[] {0, 0}, new double[] {0, 0});
    Feature index = feature("state", null, null, null, Encode.INDEX, List.of(), List.of());
    assertThat(vectors(index, rows))
        .containsExactly(new double[] {0}, new double[] {1}, new double[] {2}, new double[] {2});
  }

  @Test
  void bucketsHoldTheirLowerBoundAndWhatIsMissingIsInNone() {
    Feature buckets = feature("x", null, null, null, null, List.of(2.0, 4.0), List.of());
    assertThat(
            vectors(
                buckets,
                row(1.9, "", null),
                row(2.0, "", null),
                row(4.0, "", null),
                row(null, "", null)))
        .containsExactly(
            new double[] {1, 0, 0},
            new double[] {0, 1, 0},
            new double[] {0, 0, 1},
            new double[] {0, 0, 0});
  }

  @Test
  void partsOfATimeAreToldInTheZoneOfTheWindowsWhateverTheSessions() {
    Feature parts =
        feature(
            "at",
            null,
            null,
            null,
            null,
            List.of(),
            List.of(
                DatePart.YEAR,
                DatePart.QUARTER,
                DatePart.MONTH,
                DatePart.DAY,
                DatePart.DAY_OF_WEEK,
                DatePart.HOUR));
    // 2026-01-31T23:30Z is a Saturday; in Melbourne, 11 hours ahead in summer, 10:30 on the Sunday.
    assertThat(vectors(withoutLeak(parts), LEARNT[0]))
        .containsExactly(new double[] {2026, 1, 1, 31, 6, 23});
    assertThat(
            vectors(
                pipeline(APPLICANTS.model("windows.zone = Australia/Melbourne"), parts), LEARNT[0]))
        .containsExactly(new double[] {2026, 1, 2, 1, 7, 10});
    assertThat(withoutLeak(parts).names()).startsWith("at year", "at quarter");
  }

  private static FeaturePipeline withoutLeak(Feature feature) {
    return pipeline(APPLICANTS.model(), feature);
  }

  @Test
  void expressionsAndNestedColumnsNameTheColumnsThatTheyRead() {
    FeaturePipeline features =
        pipeline(
            APPLICANTS.model(),
            number("ratio", "x / place.zip", null, null),
            Feature.ofColumn("place.zip"),
            Feature.ofColumn("`odd.name`"),
            number("one", "size(tags)", null, null));
    assertThat(features.inputs())
        .containsExactly(
            new InputColumn("x", "DOUBLE"),
            new InputColumn("place", "STRUCT<zip: INT>"),
            new InputColumn("tags", "ARRAY<STRING>"),
            new InputColumn("odd.name", "BOOLEAN"));
    assertThat(vectors(features, row(9.0, "", null)).get(0)).containsExactly(1, 9, 0, 1, 1);
  }

  @Test
  void findsFeaturesByThemselvesWithoutKeysTimesOutputsAndConstants() {
    // The price has no value, tags are neither number nor category, p is the score.
    FeaturePipeline features =
        FeaturePipeline.of(APPLICANTS.model(), PipelineConfig.AUTO, rows(LEARNT));
    assertThat(features.names()).containsExactly("x", "state", "place.zip", "`odd.name`");
    assertThat(
            FeaturePipeline.of(
                    APPLICANTS.model("features = [state, x]"), PipelineConfig.AUTO, rows(LEARNT))
                .names())
        .containsExactly("state", "x");
  }

  @Test
  void leavesOutTextsThatAreNearlyUnique() {
    Dataset<Row> rows =
        LocalSpark.session()
            .range(200)
            .selectExpr(
                "concat('n', id) AS name", "concat('n', id % 90) AS group", "CAST(id AS DOUBLE) x");
    assertThat(FeaturePipeline.of(APPLICANTS.model(), PipelineConfig.AUTO, rows).names())
        .containsExactly("group", "x");
  }

  @Test
  void theHashTellsFeaturesApartAndNothingElse() {
    Feature mean = number("x", null, Impute.MEAN, null);
    assertThat(pipeline(APPLICANTS.model(), mean).hash())
        .isEqualTo(pipeline(APPLICANTS.model("max-segments = 9"), mean).hash())
        .isNotEqualTo(pipeline(APPLICANTS.model(), number("x", null, Impute.MEDIAN, null)).hash())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void refusesToLearnFromTheAnswer() {
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), Feature.ofColumn("p")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm', feature 'p': the column 'p' is the label, the version or what the model returned. Remove it.");
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), number("twice", "2 * p", null, null)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': a feature reads the column 'p', which is the label, the version or what the model returned. Remove it.");
  }

  @Test
  void saysWhichFeatureCannotBeTakenFromTheRows() {
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), number("r", "x / y", null, null)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Model 'm', feature 'r': 'x / y' cannot be computed")
        .hasMessageContaining("Their columns are: x, state, at");
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), Feature.ofColumn("tags")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Model 'm', feature 'tags': it is of type ARRAY<STRING>, which is neither a number nor a category.");
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), Feature.ofColumn("at")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm', feature 'at': it is of type TIMESTAMP, and impute and scale are for numbers. Take parts of the time: date-parts = [month, hour].");
    assertThatThrownBy(() -> pipeline(APPLICANTS.model(), number("state", null, Impute.MEAN, null)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm', feature 'state': it is of type STRING, and impute and scale are for numbers. Use encode.");
  }

  @Test
  void saysWhichFeatureHasNoValueToLearnFrom() {
    FeaturePipeline features = pipeline(APPLICANTS.model(), Feature.ofColumn("`a``b`"));
    assertThat(features.obstacle(rows(LEARNT)))
        .contains("feature '`a``b`' has no value in any row");
    assertThat(pipeline(APPLICANTS.model(), Feature.ofColumn("x")).obstacle(rows(LEARNT)))
        .isEmpty();
  }
}
