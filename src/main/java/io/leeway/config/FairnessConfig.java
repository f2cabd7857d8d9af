package io.leeway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes whose groups are compared.
 *
 * @param attributes columns or names of {@code slice-columns}
 * @param referenceGroup attribute to the group that the others are compared with; where there is
 *     none, the largest gap between any two counts
 * @param positive multiclass: the class whose prediction is the favourable outcome; the first one
 *     unless given
 * @param strata columns of legitimate factors, within whose values groups are compared, too
 */
public record FairnessConfig(
    List<String> attributes,
    Map<String, String> referenceGroup,
    Optional<String> positive,
    List<String> strata) {
  /** No attributes. */
  public static final FairnessConfig NONE =
      new FairnessConfig(List.of(), Map.of(), Optional.empty(), List.of());

  public FairnessConfig {
    attributes = List.copyOf(attributes);
    strata = List.copyOf(strata);
    referenceGroup = Collections.unmodifiableMap(new LinkedHashMap<>(referenceGroup));
    if (!attributes.containsAll(referenceGroup.keySet())) {
      throw new IllegalArgumentException(
          "Reference groups " + referenceGroup + " are not all of attributes " + attributes + ".");
    }
  }

  static FairnessConfig read(Block block, Set<String> classes) {
    List<String> attributes = block.texts("attributes");
    if (attributes.isEmpty()) {
      block.missing("attributes", "list the columns: attributes = [gender]; or remove the block");
    }
    Map<String, String> groups = new LinkedHashMap<>();
    block
        .block("reference-group")
        .ifPresent(
            within -> {
              attributes.forEach(
                  attribute ->
                      within
                          .optionalText(attribute)
                          .ifPresent(group -> groups.put(attribute, group)));
              if (!attributes.isEmpty()) {
                within.refuseUnknownKeys();
              }
            });
    Optional<String> positive = block.optionalText("positive");
    if (positive.isPresent() && !classes.contains(positive.get())) {
      block.wrong(
          "positive",
          classes.isEmpty()
              ? "is for task = multiclass; remove it"
              : "is none of the classes " + classes + "; name one of them");
      positive = Optional.empty();
    }
    List<String> strata = block.texts("strata");
    block.refuseUnknownKeys();
    return new FairnessConfig(attributes, groups, positive, strata);
  }
}
