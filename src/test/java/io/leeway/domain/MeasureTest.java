package io.leeway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MeasureTest {
  @Test
  void missingValueHasAReason() {
    Measure none = Measure.undefined("psi", Comparison.BASELINE, "There are no rows.").build();
    assertThat(none.value()).isNull();
    assertThat(none.status()).isEqualTo(Status.UNDEFINED);
    assertThat(none.reason()).isEqualTo("There are no rows.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measure.undefined("psi", Comparison.BASELINE, null).build());
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measure.of("psi", Comparison.BASELINE, Double.NaN).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measure.of("psi", Comparison.BASELINE, Double.POSITIVE_INFINITY).build());
  }

  @Test
  void lowSupportKeepsTheValue() {
    Measure thin = Measure.of("psi", Comparison.BASELINE, 0.3).lowSupport("Too few rows.").build();
    assertThat(thin.value()).isEqualTo(0.3);
    assertThat(thin.status()).isEqualTo(Status.LOW_SUPPORT);
  }

  @Test
  void lowSupportDoesNotHideAConvention() {
    Measure convention =
        Measure.of("chi2", Comparison.BASELINE, 0)
            .convention("There is one category only.")
            .lowSupport("Too few rows.")
            .build();
    assertThat(convention.status()).isEqualTo(Status.CONVENTION);
  }

  @Test
  void noDataMayCarryTheCountOfNone() {
    Measure none = Measure.of("n", Comparison.NONE, 0).noData("There are no rows.").build();
    assertThat(none.value()).isZero();
    assertThat(none.status()).isEqualTo(Status.NO_DATA);
  }

  @Test
  void whatIsProvisionalKeepsAllElse() {
    Measure measure =
        Measure.of("recall", Comparison.BASELINE, 0.5)
            .ofClass("a")
            .interval(0.4, 0.6)
            .stdError(0.05)
            .errorBound(0.01)
            .n(100)
            .nLabelled(90)
            .fraction(50, 100)
            .reference(0.7, 200)
            .referenceFraction(140, 200)
            .expected(0.1)
            .dof(3)
            .overdispersion(2, 7.0)
            .flag("APPROXIMATE")
            .note("A note.")
            .build();
    assertThat(measure).hasNoNullFieldsOrProperties();
    Measure provisional = measure.asProvisional();
    assertThat(provisional).usingRecursiveComparison().ignoringFields("flags").isEqualTo(measure);
    assertThat(provisional.flags()).containsExactly("APPROXIMATE", Measure.PROVISIONAL);
    assertThat(provisional.asProvisional()).isSameAs(provisional);
  }
}
