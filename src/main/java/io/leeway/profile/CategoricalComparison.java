package io.leeway.profile;

import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCategories;
import io.leeway.stats.drift.CategoryDistances;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
 * @param fresh what is known of new categories beyond the named ones
 * @param gone what is known of missing categories beyond the named ones
 */
public record CategoricalComparison(
    AlignedCategories categories, boolean approximate, Unnamed fresh, Unnamed gone) {
  public static final String MISSING = "__null__";
  public static final String OTHER = "(other)";

  /** From so many on the share of hashes that they reach to is known well enough. */
  private static final int LEAST_SAMPLE = 30;

  private static final Pattern RESERVED = Pattern.compile("\\\\*(__null__|\\(other\\))");

  /**
   * Categories that one side has and the other has not, of which some are in {@value #OTHER}. Up to
   * some hash every category is counted by name on both sides, so those below it are a sample of
   * all that dictionaries do not name anyway.
   *
   * @param certain those that both sides name whatever their hash
   * @param sampled the others in the sample
   * @param perSampled categories for each one in the sample, at least 1; infinite where so few are
   *     counted by name that they tell nothing of the others
   * @param most in {@value #OTHER} there cannot be more; 0 where all are named
   */
  public record Unnamed(long certain, long sampled, double perSampled, long most) {}

  public static CategoricalComparison of(CategoricalProfile reference, CategoricalProfile window) {
    Map<String, Long> ofReference = counts(reference, window);
    Map<String, Long> ofWindow = counts(window, reference);
    return new CategoricalComparison(
        AlignedCategories.of(ofReference, ofWindow),
        ofReference.get(OTHER) > 0 || ofWindow.get(OTHER) > 0,
        unnamed(window, reference),
        unnamed(reference, window));
  }

  /** Distances that take {@value #OTHER} for what it is, many categories. */
  public Outcome<CategoryDistances> distances() {
    return CategoryDistances.of(categories, OTHER);
  }

  /** Of those on one side alone. The side that names fewer tells how far the sample reaches. */
  private static Unnamed unnamed(CategoricalProfile side, CategoricalProfile other) {
    List<CategoricalProfile> folded =
        Stream.of(side, other)
            .filter(one -> !one.isExact())
            .sorted(Comparator.comparing(CategoricalProfile::lastUnseen, HashOrder.INSTANCE))
            .toList();
    if (folded.isEmpty()) {
      return new Unnamed(0, 0, 1, 0);
    }
    String last = folded.get(0).lastUnseen();
    int kept = folded.get(0).unseen().size();
    Set<String> ofOther = other.byName().keySet();
    long certain = 0;
    long sampled = 0;
    long hidden = side.others();
    for (String name : side.byName().keySet()) {
      if (!other.countsByName(name)) {
        hidden++;
      } else if (!ofOther.contains(name)) {
        if (folded.stream().allMatch(one -> one.dictionary().code(name) >= 0)) {
          certain++;
        } else if (HashOrder.INSTANCE.compare(name, last) <= 0) {
          sampled++;
        }
      }
    }
    double perSampled =
        kept < LEAST_SAMPLE ? Double.POSITIVE_INFINITY : HashOrder.distinct(last, kept) / kept;
    return new Unnamed(certain, sampled, perSampled, hidden);
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
