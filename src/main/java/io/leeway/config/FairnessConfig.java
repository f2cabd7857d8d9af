package io.leeway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes whose groups are compared.
 *
 * @param attributes columns or names of {@code slice-columns}
 * @param referenceGroup attribute to the group that the others are compared with; where there is
 *     none, the largest gap between any two counts
 */
public record FairnessConfig(List<String> attributes, Map<String, String> referenceGroup) {
  /** No attributes. */
  public static final FairnessConfig NONE = new FairnessConfig(List.of(), Map.of());

  public FairnessConfig {
    attributes = List.copyOf(attributes);
    referenceGroup = Collections.unmodifiableMap(new LinkedHashMap<>(referenceGroup));
    if (!attributes.containsAll(referenceGroup.keySet())) {
      throw new IllegalArgumentException(
          "Reference groups " + referenceGroup + " are not all of attributes " + attributes + ".");
    }
  }

  static FairnessConfig read(Block block) {
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
    block.refuseUnknownKeys();
    return new FairnessConfig(attributes, groups);
  }
}
