package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.UserException;
import io.leeway.monitor.FeatureChoice.Candidate;
import io.leeway.scan.ColumnTypes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class FeatureChoiceTest {
  private static final Map<String, DataType> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("id", DataTypes.StringType);
    TYPES.put("at", DataTypes.TimestampType);
    TYPES.put("score", DataTypes.DoubleType);
    TYPES.put("age", DataTypes.IntegerType);
    TYPES.put("state", DataTypes.StringType);
    TYPES.put("created", DataTypes.DateType);
    TYPES.put("embedding", DataTypes.createArrayType(DataTypes.FloatType));
  }

  private static ModelConfig model(String features) {
    return ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              models.m {
                task = binary
                predictions { table = "./p", id = id, time = at, score = score }
                features = %s
                reference.where = "true"
              }
            }
            """
                .formatted(features),
            Path.of("/"))
        .models()
        .get(0);
  }

  private static FeatureChoice of(String features) {
    return FeatureChoice.of(model(features), TYPES, ColumnTypes::kindOf);
  }

  @Test
  void autoTakesWhatCanBeProfiledAndSaysWhyNotTheRest() {
    FeatureChoice choice = of("auto");

    assertThat(choice.candidates())
        .extracting(Candidate::name)
        .containsExactlyInAnyOrder("age", "state", "score");
    assertThat(choice.refusals())
        .anySatisfy(it -> assertThat(it.reason()).contains("times move by themselves"))
        .anySatisfy(it -> assertThat(it.reason()).contains("ARRAY<FLOAT>"))
        .hasSize(2);
  }

  @Test
  void aTimeThatIsNamedIsTaken() {
    assertThat(of("[created]").candidates())
        .anySatisfy(
            it -> {
              assertThat(it.name()).isEqualTo("created");
              assertThat(it.kind()).isEqualTo(ColumnKind.NUMERIC);
            });
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> of("[agee]"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("'m'", "'agee'", "'age'");
  }

  @Test
  void constantsAndIdentifiersAreLeftOutUnlessNamed() {
    Candidate found =
        new Candidate(
            "state", ColumnRole.FEATURE, ColumnKind.CATEGORICAL, DataTypes.StringType, "", false);
    Candidate named =
        new Candidate(
            "state", ColumnRole.FEATURE, ColumnKind.CATEGORICAL, DataTypes.StringType, "", true);

    assertThat(FeatureChoice.keep(found, 1_000, 8)).isEmpty();
    assertThat(FeatureChoice.keep(found, 1_000, 1))
        .hasValueSatisfying(why -> assertThat(why).contains("constant"));
    assertThat(FeatureChoice.keep(found, 1_000, 900))
        .hasValueSatisfying(why -> assertThat(why).contains("identifier"));
    assertThat(FeatureChoice.keep(found, 0, 0))
        .hasValueSatisfying(why -> assertThat(why).contains("no value"));
    assertThat(FeatureChoice.keep(named, 1_000, 900)).isEmpty();
  }
}
