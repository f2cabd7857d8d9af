package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.PipelineConfig.DatePart;
import io.leeway.config.PipelineConfig.Encode;
import io.leeway.config.PipelineConfig.Feature;
import io.leeway.config.PipelineConfig.Impute;
import io.leeway.config.PipelineConfig.Scale;
import io.leeway.domain.UserException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineConfigTest {
  private static PipelineConfig read(String hocon) {
    return RetrainBlock.read(hocon, PipelineConfig::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "features = auto"})
  void takesTheMonitoredFeaturesUnlessTold(String hocon) {
    assertThat(read(hocon)).isEqualTo(PipelineConfig.AUTO);
  }

  @Test
  void readsEveryKindOfFeature() {
    assertThat(
            read("""
                    features = [
                      { column = income, impute = mean, scale = min-max }
                      { column = purpose, encode = one-hot }
                      { column = age, buckets = [18, 25, 35] }
                      { name = ratio, sql = "loan_amount / income", impute = median }
                      { column = scored_at, date-parts = [month, day-of-week, hour] }
                      { name = age_in_years, column = age, scale = standard }
                      state
                    ]""")
                .features())
        .containsExactly(
            new Feature(
                "income",
                Optional.of("income"),
                Optional.empty(),
                Optional.of(Impute.MEAN),
                Optional.of(Scale.MIN_MAX),
                Optional.empty(),
                List.of(),
                List.of()),
            new Feature(
                "purpose",
                Optional.of("purpose"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Encode.ONE_HOT),
                List.of(),
                List.of()),
            new Feature(
                "age",
                Optional.of("age"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(18.0, 25.0, 35.0),
                List.of()),
            new Feature(
                "ratio",
                Optional.empty(),
                Optional.of("loan_amount / income"),
                Optional.of(Impute.MEDIAN),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of()),
            new Feature(
                "scored_at",
                Optional.of("scored_at"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(DatePart.MONTH, DatePart.DAY_OF_WEEK, DatePart.HOUR)),
            new Feature(
                "age_in_years",
                Optional.of("age"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Scale.STANDARD),
                Optional.empty(),
                List.of(),
                List.of()),
            Feature.ofColumn("state"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "all | : 'all' is not a choice of features; write auto or a list: [all]",
        "[] | : lists no feature; name some, or write auto",
        "[a, { column = a, impute = mean }] | [1]: feature 'a' is listed twice; give it a name",
        "[{ impute = mean }] | [0]: names nothing; write column = NAME or sql = \"EXPRESSION\"",
        "[{ column = a, sql = b }] | [0]: has a column and an expression; remove column or sql",
        "[{ sql = b }] | [0].name: is missing; an expression needs one",
        "[{ column = a, impute = mode }] | [0].impute: 'mode' is not known here; did you mean 'mean'? Known: median, mean",
        "[{ column = a, encode = onehot }] | [0].encode: 'onehot' is not known here; did you mean 'one-hot'? Known: one-hot, index",
        "[{ column = a, impute = mean, encode = index }] | [0]: treats the column in several ways: impute, encode; keep one, and list the column again under a name for another",
        "[{ column = a, buckets = [1, 1] }] | [0].buckets: 1.0 is not above 1.0; bounds must strictly rise",
        "[{ column = a, buckets = [1, two] }] | [0].buckets[1]: 'two' is not a finite number; write one",
        "[{ column = a, buckets = [] }] | [0].buckets: is empty; write a value or leave the key out",
        "[{ column = a, date-parts = [hours] }] | [0].date-parts[0]: 'hours' is not known here; did you mean 'hour'? Known: year, quarter, month, day, day-of-week, hour",
        "[{ column = a, scaled = standard }] | [0].scaled: unknown key; did you mean 'scale'? Known here: column, sql, name, impute, scale, encode, buckets, date-parts"
      })
  void saysWhatIsWrong(String features, String problem) {
    assertThatThrownBy(() -> read("features = " + features))
        .isInstanceOf(UserException.class)
        .hasMessage("configuration:1: retrain.features" + problem);
  }

  @Test
  void aFeatureIsOfOneKind() {
    assertThatThrownBy(
            () ->
                new Feature(
                    "a",
                    Optional.of("a"),
                    Optional.empty(),
                    Optional.of(Impute.MEAN),
                    Optional.empty(),
                    Optional.of(Encode.INDEX),
                    List.of(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Feature a is of several kinds.");
  }
}
