package io.leeway.config;

import io.leeway.config.GateMetric.Kind;
import io.leeway.domain.Slice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that is asked of a candidate.
 *
 * @param limit how far it may go, above 0 where it is a margin; a share of the champion's value
 *     only of {@code NO_WORSE_BY} and a loss; 0 of {@code BETTER}
 * @param slices whose segments are judged one by one; all rows together where there are none
 * @param attribute whose groups are compared, exactly where the metric compares groups
 * @param scenario the rows that are judged; never together with slices
 * @param minRows rows from which a segment, a group or a scenario is judged, at least 1
 * @param blocks whether a candidate that breaks it fails; people are only warned if not
 */
public record GateRule(
    GateMetric metric,
    GateDemand demand,
    Limit limit,
    List<Slice> slices,
    Optional<String> attribute,
    Optional<String> scenario,
    int minRows,
    boolean blocks) {
  static final int MIN_ROWS = 200;

  private static final Pattern PERCENT = Pattern.compile("(.+?)\\s*%");
  private static final Limit NONE = Limit.of(0);

  public GateRule {
    slices = List.copyOf(slices);
    Objects.requireNonNull(attribute, "attribute");
    Objects.requireNonNull(scenario, "scenario");
    Kind kind = metric.kind();
    boolean wrongRows =
        (kind == Kind.GAP) != attribute.isPresent()
            || (!slices.isEmpty() && (!kind.isTested() || scenario.isPresent()))
            || (!slices.isEmpty() && demand == GateDemand.BETTER)
            || (scenario.isPresent() && !kind.hasScenarios())
            || minRows < 1;
    boolean wrongLimit =
        limit.isLearned()
            || (limit.isShare() && !takesShare(metric, demand))
            || (isMargin(demand) && limit.value() <= 0);
    if (wrongRows || wrongLimit || !metric.takes(demand)) {
      throw new IllegalArgumentException("The check of " + metric.text() + " is not well formed.");
    }
  }

  /** Of all rows, blocking. */
  static GateRule of(GateMetric metric, GateDemand demand, Limit limit) {
    return new GateRule(
        metric, demand, limit, List.of(), Optional.empty(), Optional.empty(), MIN_ROWS, true);
  }

  /** The same over other slices, of which there are as many. */
  GateRule over(List<Slice> others) {
    return new GateRule(metric, demand, limit, others, attribute, scenario, minRows, blocks);
  }

  /** The same as a warning. */
  GateRule warning() {
    return new GateRule(metric, demand, limit, slices, attribute, scenario, minRows, false);
  }

  /**
   * In words of the configuration, the same for the same demand: {@code log_loss no-worse-by 0.03
   * in [state], [age_band]}.
   */
  public String id() {
    String rows =
        slices.isEmpty()
            ? ""
            : slices.stream().map(Slice::toString).collect(Collectors.joining(", ", " in ", ""));
    return metric.text()
        + " "
        + demand.text()
        + (demand == GateDemand.BETTER ? "" : " " + limit.text())
        + rows
        + attribute.map(name -> " by " + name).orElse("")
        + scenario.map(name -> " in scenario " + name).orElse("");
  }

  private static boolean isMargin(GateDemand demand) {
    return demand == GateDemand.NO_WORSE_BY || demand == GateDemand.GROWS_BY;
  }

  /** A loss has a zero to measure from; AUC starts at one half, and a share of rights has two. */
  private static boolean takesShare(GateMetric metric, GateDemand demand) {
    return demand == GateDemand.NO_WORSE_BY
        && metric.kind() == Kind.MEAN
        && metric.better() == GateMetric.Better.LOW;
  }

  /** The check, or none where the block has a problem that leaves it without meaning. */
  static Optional<GateRule> read(Block block) {
    int before = block.reading().problemCount();
    Optional<GateMetric> metric = block.optional("metric", GateMetric::parse);
    if (block.find("metric").isEmpty()) {
      block.missing("metric", "name one of " + String.join(", ", GateMetric.texts()));
    }
    List<GateDemand> demands = new ArrayList<>();
    Limit limit = NONE;
    for (GateDemand demand : GateDemand.values()) {
      if (block.find(demand.text()).isPresent()) {
        demands.add(demand);
      }
      limit = limit(block, demand).orElse(limit);
    }
    List<Slice> slices = slices(block);
    Optional<String> attribute = block.optionalText("attribute");
    Optional<String> scenario = block.optionalText("scenario");
    boolean ofPart = !slices.isEmpty() || attribute.isPresent() || scenario.isPresent();
    int minRows = block.integer("min-rows", MIN_ROWS, 1);
    if (!ofPart && block.find("min-rows").isPresent()) {
      block.wrong(
          "min-rows",
          "is for slices, attribute and scenario; of all rows it is the gate's own min-rows");
    }
    boolean blocks = block.choice("severity", "fail", List.of("fail", "warn")).equals("fail");
    block.refuseUnknownKeys();
    if (demands.size() != 1) {
      block.wrong(
          (demands.isEmpty() ? "demands nothing" : "demands more than one thing")
              + "; write exactly one of "
              + Arrays.stream(GateDemand.values())
                  .map(GateDemand::text)
                  .collect(Collectors.joining(", ")));
    } else if (metric.isPresent()) {
      refuse(block, metric.get(), demands.get(0), limit);
      refuseRows(block, metric.get(), !slices.isEmpty(), attribute, scenario);
      if (demands.get(0) == GateDemand.BETTER && !slices.isEmpty()) {
        block.wrong("better", "cannot be shown of every segment; write no-worse-by, or no slices");
      }
    }
    return before == block.reading().problemCount()
        ? Optional.of(
            new GateRule(
                metric.orElseThrow(),
                demands.get(0),
                limit,
                slices,
                attribute,
                scenario,
                minRows,
                blocks))
        : Optional.empty();
  }

  private static Optional<Limit> limit(Block block, GateDemand demand) {
    return demand == GateDemand.BETTER
        ? block
            .optional(demand.text(), text -> Block.oneOf(text, List.of("true")))
            .map(text -> NONE)
        : block.optional(demand.text(), text -> limit(text, demand));
  }

  private static void refuse(Block block, GateMetric metric, GateDemand demand, Limit limit) {
    if (!metric.takes(demand)) {
      block.wrong(
          demand.text(),
          "cannot be demanded of "
              + metric.text()
              + "; write "
              + String.join(" or ", metric.demands())
              + (metric == GateMetric.RMSE ? ", or compare mse" : ""));
    } else if (limit.isShare() && !takesShare(metric, demand)) {
      block.wrong(
          demand.text(), metric.text() + " has no share to be worse by; write a number, not %");
    }
  }

  private static void refuseRows(
      Block block,
      GateMetric metric,
      boolean sliced,
      Optional<String> attribute,
      Optional<String> scenario) {
    Kind kind = metric.kind();
    if (sliced && !kind.isTested()) {
      block.wrong("slices", "segments cannot be tested for " + metric.text() + "; remove it");
    }
    if (sliced && scenario.isPresent()) {
      block.wrong("scenario", "does not go with slices; write two checks");
    }
    if (kind == Kind.GAP && attribute.isEmpty()) {
      block.missing("attribute", "name the attribute whose groups are compared");
    } else if (kind != Kind.GAP && attribute.isPresent()) {
      block.wrong("attribute", metric.text() + " compares no groups; remove it, or use slices");
    }
    if (scenario.isPresent() && !kind.hasScenarios()) {
      block.wrong("scenario", metric.text() + " is asked of all rows; remove it");
    }
  }

  private static List<Slice> slices(Block block) {
    List<Slice> slices = new ArrayList<>();
    for (Value element : block.elements("slices")) {
      if (!element.isList()) {
        element.wrong("is not a slice; a slice is a list of columns, such as [state]");
        continue;
      }
      List<String> columns = element.texts();
      if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
        element.wrong("slice " + columns + " names no column, or one twice; write it anew");
      } else {
        slices.add(new Slice(columns));
      }
    }
    block.recordSet("slices", slices.stream().map(Slice::columns).toList());
    return slices;
  }

  private static Limit limit(String text, GateDemand demand) {
    Matcher percent = PERCENT.matcher(text);
    boolean share = percent.matches();
    double number;
    try {
      BigDecimal written = new BigDecimal(share ? percent.group(1) : text);
      number = (share ? written.movePointLeft(2) : written).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number; write one", e);
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("'" + text + "' is not finite; write a number");
    }
    if (share && demand != GateDemand.NO_WORSE_BY) {
      throw new IllegalArgumentException(
          "'" + text + "' is relative, but only no-worse-by can be; write a number");
    }
    if (isMargin(demand) && number <= 0) {
      throw new IllegalArgumentException("'" + text + "' is no margin; write a number above 0");
    }
    return share ? Limit.share(number) : Limit.of(number);
  }
}
