package io.leeway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that went into the model. A dotted name is a column within a struct.
 *
 * @param auto whether all suitable columns of the table count, but for {@code exclude}
 * @param any features whose type decides whether they are numeric or categorical
 * @param numeric features to be treated as numbers
 * @param categorical features to be treated as categories, whatever their type
 * @param exclude columns that never count
 */
public record FeaturesConfig(
    boolean auto,
    List<String> any,
    List<String> numeric,
    List<String> categorical,
    List<String> exclude) {
  /** All suitable columns. */
  public static final FeaturesConfig AUTO =
      new FeaturesConfig(true, List.of(), List.of(), List.of(), List.of());

  /** None: there is no model. */
  static final FeaturesConfig NONE =
      new FeaturesConfig(false, List.of(), List.of(), List.of(), List.of());

  public FeaturesConfig {
    any = List.copyOf(any);
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    exclude = List.copyOf(exclude);
    if (auto && !(any.isEmpty() && numeric.isEmpty() && categorical.isEmpty())) {
      throw new IllegalArgumentException("Features are listed or found automatically, never both.");
    }
  }

  /**
   * Reads the key {@code features} of a model; {@code roles} are columns taken, with the reason.
   *
   * @param standard where the key is missing
   */
  static FeaturesConfig read(Block model, Map<String, String> roles, FeaturesConfig standard) {
    Optional<Value> found = model.find("features");
    if (found.isEmpty()) {
      return standard;
    }
    Value value = found.get();
    FeaturesConfig features;
    if (value.isObject()) {
      Block block = model.block("features").orElseThrow();
      List<String> numeric = block.texts("numeric");
      List<String> categorical = block.texts("categorical");
      List<String> exclude = block.texts("exclude");
      block.refuseUnknownKeys();
      boolean auto = numeric.isEmpty() && categorical.isEmpty();
      features = new FeaturesConfig(auto, List.of(), numeric, categorical, exclude);
    } else if (value.isList()) {
      List<String> any = model.texts("features");
      if (any.isEmpty()) {
        value.wrong("lists no feature; name some, or write auto");
      }
      features = new FeaturesConfig(any.isEmpty(), any, List.of(), List.of(), List.of());
    } else {
      model.value(
          "features",
          "auto",
          text -> {
            if (!text.equals("auto")) {
              throw new IllegalArgumentException(
                  "'"
                      + text
                      + "' is not a choice of features; write auto or a list: ["
                      + text
                      + "]");
            }
            return text;
          });
      return AUTO;
    }
    features.refuseTakenColumns(value, roles);
    return features;
  }

  private void refuseTakenColumns(Value value, Map<String, String> roles) {
    Set<String> seen = new HashSet<>();
    for (String column : listed()) {
      if (roles.containsKey(column)) {
        value.wrong(
            "'"
                + column
                + "' is "
                + roles.get(column)
                + " and never a feature; remove it from the list");
      }
      if (!seen.add(column)) {
        value.wrong("'" + column + "' is listed as numeric and as categorical; remove one");
      }
      if (exclude.contains(column)) {
        value.wrong("'" + column + "' is listed and excluded; remove one");
      }
    }
  }

  /** All features that are named, in their order; none if {@code auto}. */
  public List<String> listed() {
    List<String> listed = new ArrayList<>(any);
    listed.addAll(numeric);
    listed.addAll(categorical);
    return List.copyOf(listed);
  }
}
