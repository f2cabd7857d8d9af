package io.leeway.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The value of one metric, or the reason there is none, with all that is needed to judge it. A
 * component that does not apply is {@code null}; a {@code null} value always comes with a reason.
 *
 * @param metric name in the catalogue, for example {@code psi}
 * @param classLabel the class that a one-against-rest metric is of, else {@code null}
 * @param comparison what the value was held against
 * @param value finite, or {@code null}
 * @param ciLow lower end of the 95 % interval
 * @param ciHigh upper end of the 95 % interval
 * @param stdError standard error of the value
 * @param errorBound greatest distance of the value from what all rows at hand would give exactly; 0
 *     where exact, {@code null} beside a value of which none is known
 * @param n rows that the value rests on
 * @param nLabelled those of them with a label
 * @param numerator of a rate
 * @param denominator of a rate
 * @param referenceValue the same metric of the reference, where it has one
 * @param referenceN rows of the reference that the value rests on
 * @param referenceNumerator of the reference's rate
 * @param referenceDenominator of the reference's rate
 * @param expected what the value would be on average if nothing had changed
 * @param dof degrees of freedom of its test
 * @param phi overdispersion taken into account, at least 1
 * @param phiDf degrees of freedom behind {@code phi}
 * @param flags marks such as {@code APPROXIMATE}, in a fixed order
 * @param reason why there is no value, or why it is no ordinary one
 */
public record Measure(
    String metric,
    String classLabel,
    Comparison comparison,
    Double value,
    Double ciLow,
    Double ciHigh,
    Double stdError,
    Double errorBound,
    Long n,
    Long nLabelled,
    Double numerator,
    Double denominator,
    Double referenceValue,
    Long referenceN,
    Double referenceNumerator,
    Double referenceDenominator,
    Double expected,
    Double dof,
    Double phi,
    Double phiDf,
    Status status,
    List<String> flags,
    String reason) {
  /** The mark of values that labels which have not come yet may still change. */
  public static final String PROVISIONAL = "PROVISIONAL";

  public Measure {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(comparison, "comparison");
    Objects.requireNonNull(status, "status");
    flags = List.copyOf(flags);
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The value of " + metric + " must be finite, but is " + value + ".");
    }
    boolean none = status == Status.UNDEFINED || status == Status.NO_DATA;
    boolean missing = status == Status.UNDEFINED || (status == Status.NO_DATA && value == null);
    if (missing != (value == null) || (none && reason == null)) {
      throw new IllegalArgumentException(
          "Metric "
              + metric
              + " with status "
              + status
              + " has the value "
              + value
              + " and the reason "
              + reason
              + "; a value is missing exactly where the status says so, and then with a reason.");
    }
  }

  /** The same, marked as one that labels which have not come yet may still change. */
  public Measure asProvisional() {
    return flags.contains(PROVISIONAL) ? this : new Builder(this).flag(PROVISIONAL).build();
  }

  /**
   * A defined value, exact unless {@link Builder#errorBound} or {@link Builder#withoutErrorBound}
   * says otherwise.
   */
  public static Builder of(String metric, Comparison comparison, double value) {
    Builder builder = new Builder(metric, comparison);
    builder.value = value;
    builder.errorBound = 0.0;
    builder.status = Status.OK;
    return builder;
  }

  /** No value, and why. */
  public static Builder undefined(String metric, Comparison comparison, String reason) {
    Builder builder = new Builder(metric, comparison);
    builder.status = Status.UNDEFINED;
    builder.reason = reason;
    return builder;
  }

  /** Collects the components that apply. */
  public static final class Builder {
    private final String metric;
    private final Comparison comparison;
    private String classLabel;
    private Double value;
    private Double ciLow;
    private Double ciHigh;
    private Double stdError;
    private Double errorBound;
    private Long n;
    private Long nLabelled;
    private Double numerator;
    private Double denominator;
    private Double referenceValue;
    private Long referenceN;
    private Double referenceNumerator;
    private Double referenceDenominator;
    private Double expected;
    private Double dof;
    private Double phi;
    private Double phiDf;
    private Status status;
    private final List<String> flags = new ArrayList<>();
    private String reason;

    private Builder(String metric, Comparison comparison) {
      this.metric = metric;
      this.comparison = comparison;
    }

    /** All that a measure has. */
    private Builder(Measure of) {
      this(of.metric, of.comparison);
      classLabel = of.classLabel;
      value = of.value;
      ciLow = of.ciLow;
      ciHigh = of.ciHigh;
      stdError = of.stdError;
      errorBound = of.errorBound;
      n = of.n;
      nLabelled = of.nLabelled;
      numerator = of.numerator;
      denominator = of.denominator;
      referenceValue = of.referenceValue;
      referenceN = of.referenceN;
      referenceNumerator = of.referenceNumerator;
      referenceDenominator = of.referenceDenominator;
      expected = of.expected;
      dof = of.dof;
      phi = of.phi;
      phiDf = of.phiDf;
      status = of.status;
      flags.addAll(of.flags);
      reason = of.reason;
    }

    /** One class against the rest. */
    public Builder ofClass(String label) {
      classLabel = label;
      return this;
    }

    public Builder interval(double low, double high) {
      ciLow = low;
      ciHigh = high;
      return this;
    }

    public Builder stdError(double error) {
      stdError = error;
      return this;
    }

    public Builder errorBound(double bound) {
      errorBound = bound;
      return this;
    }

    /** The value is not exact, and how far off it may be is not known. */
    public Builder withoutErrorBound() {
      errorBound = null;
      return this;
    }

    public Builder n(long rows) {
      n = rows;
      return this;
    }

    public Builder nLabelled(long rows) {
      nLabelled = rows;
      return this;
    }

    public Builder fraction(double over, double under) {
      numerator = over;
      denominator = under;
      return this;
    }

    public Builder reference(Double ofReference, long rows) {
      referenceValue = ofReference;
      referenceN = rows;
      return this;
    }

    public Builder referenceFraction(double over, double under) {
      referenceNumerator = over;
      referenceDenominator = under;
      return this;
    }

    public Builder expected(double underNoChange) {
      expected = underNoChange;
      return this;
    }

    public Builder dof(double degrees) {
      dof = degrees;
      return this;
    }

    /** The factor and its degrees of freedom, {@code null} where it was not estimated. */
    public Builder overdispersion(double factor, Double degrees) {
      phi = factor;
      phiDf = degrees;
      return this;
    }

    /** A value stays a value: status {@code OK} becomes {@code LOW_SUPPORT}, with the reason. */
    public Builder lowSupport(String why) {
      if (status == Status.OK) {
        status = Status.LOW_SUPPORT;
        reason = reason == null ? why : why + " " + reason;
      }
      return this;
    }

    public Builder convention(String why) {
      status = Status.CONVENTION;
      reason = why;
      return this;
    }

    /** Something to be known about a value, which stays an ordinary one. */
    public Builder note(String what) {
      reason = reason == null ? what : reason + " " + what;
      return this;
    }

    /** There are no rows; a count of them may stand as value. */
    public Builder noData(String why) {
      status = Status.NO_DATA;
      reason = why;
      return this;
    }

    public Builder flag(String mark) {
      flags.add(mark);
      return this;
    }

    public Measure build() {
      return new Measure(
          metric,
          classLabel,
          comparison,
          value,
          ciLow,
          ciHigh,
          stdError,
          errorBound,
          n,
          nLabelled,
          numerator,
          denominator,
          referenceValue,
          referenceN,
          referenceNumerator,
          referenceDenominator,
          expected,
          dof,
          phi,
          phiDf,
          status,
          flags,
          reason);
    }
  }
}
