package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private static Optional<String> delta(String line) {
    return Optional.of("file:/opt/spark/jars/delta-spark_" + line + "_2.13-4.4.0.jar");
  }

  @Test
  void theTestsRunOnOneThatIsRight() {
    assertThatCode(Platform.found()::require).doesNotThrowAnyException();
  }

  @Test
  void bothLinesAreRightWithTheirOwnDelta() {
    assertThatCode(new Platform("4.1.0", delta("4.1"))::require).doesNotThrowAnyException();
    assertThatCode(new Platform("4.0.1", delta("4.0"))::require).doesNotThrowAnyException();
    assertThatCode(new Platform("4.0.0-amzn-1", Optional.of("delta.jar"))::require)
        .doesNotThrowAnyException();
  }

  @Test
  void anotherSparkOrDeltaIsNamedBeforeAMethodIsMissing() {
    assertThatThrownBy(new Platform("3.5.7", delta("4.1"))::require)
        .isInstanceOf(UserException.class)
        .hasMessage("This is Spark 3.5.7, and Leeway runs on 4.0 and 4.1.");
    assertThatThrownBy(new Platform("4.1.0", delta("4.0"))::require)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was made for Spark 4.0")
        .hasMessageContaining("--packages io.delta:delta-spark_4.1_2.13:4.4.0");
    assertThatThrownBy(new Platform("4.0.1", Optional.empty())::require)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Delta Lake is not on the class path")
        .hasMessageContaining("delta-spark_4.0_2.13");
  }
}
