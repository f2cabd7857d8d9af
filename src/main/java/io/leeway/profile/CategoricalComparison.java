package io.leeway.profile;

import io.leeway.stats.drift.AlignedCategories;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A reference and a window of one categorical column over the union of their categories, which may
 * have been counted on different dictionaries.
 *
 * <p>Missing values are the category {@value #MISSING}. A category that one side no longer counts
 * by name goes to {@value #OTHER} on both, so every count is exact, for fewer categories. A
 * category that is really called so gets a backslash in front.
 *
 * @param categories the counts; categories without a row on either side are left out
 * @param approximate whether categories were folded: the distances are then those of fewer
 *     categories and may be too small
 */
public record CategoricalComparison(AlignedCategories categories, boolean approximate) {
  public static final String MISSING = "__null__";
  public static final String OTHER = "(other)";

  private static final Pattern RESERVED = Pattern.compile("\\\\*(__null__|\\(other\\))");

  public static CategoricalComparison of(CategoricalProfile reference, CategoricalProfile window) {
    Map<String, Long> ofReference = counts(reference, window);
    Map<String, Long> ofWindow = counts(window, reference);
    boolean folded = ofReference.get(OTHER) > 0 || ofWindow.get(OTHER) > 0;
    return new CategoricalComparison(AlignedCategories.of(ofReference, ofWindow), folded);
  }

  private static Map<String, Long> counts(CategoricalProfile side, CategoricalProfile other) {
    Map<String, Long> counts = new HashMap<>();
    counts.put(MISSING, side.nulls());
    counts.put(OTHER, side.others());
    side.byName()
        .forEach(
            (name, rows) ->
                counts.merge(other.countsByName(name) ? escaped(name) : OTHER, rows, Long::sum));
    return counts;
  }

  private static String escaped(String name) {
    return RESERVED.matcher(name).matches() ? "\\" + name : name;
  }
}
