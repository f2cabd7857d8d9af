package io.leeway.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By which group of its values a feature counts, in one byte: the coarse bin of a number, the
 * dictionary's place of a category, or, of large dictionaries, one of {@value #MOST} that follows
 * from its name.
 */
public final class FeatureGroups implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Groups of a feature, that of missing values apart. */
  private static final int MOST = JointGrid.MISSING;

  /** The group of a value that is missing, or no finite number. */
  public static final byte NONE = -1;

  private final ArrayList<Grid<?>> features;
  private final JointGrid ofCategories;
  private final int[] categorical;

  /**
   * Of some features.
   *
   * @param features their grids: bins or dictionaries
   */
  public FeatureGroups(List<? extends Grid<?>> features) {
    this.features = new ArrayList<>(features);
    this.categorical = new int[features.size()];
    List<JointGrid.Categorical> dictionaries = new ArrayList<>();
    for (int of = 0; of < categorical.length; of++) {
      if (features.get(of) instanceof Categories dictionary) {
        categorical[of] = dictionaries.size();
        dictionaries.add(new JointGrid.Categorical(Integer.toString(of), dictionary));
      }
    }
    this.ofCategories =
        new JointGrid(
            JointGrid.Keeps.GROUPS,
            List.of(),
            dictionaries,
            Optional.of(new JointGrid.Numeric("", NumericGrid.ofIndicators())));
  }

  public int size() {
    return features.size();
  }

  /** Whether a feature is read as a number. */
  public boolean isNumeric(int feature) {
    return features.get(feature) instanceof NumericGrid;
  }

  /** The group of a number. */
  public byte of(int feature, double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    NumericGrid bins = (NumericGrid) features.get(feature);
    return (byte) Math.min(MOST - 1, bins.coarse(bins.bin(value + 0.0)));
  }

  /** The group of a category. */
  public byte of(int feature, String value) {
    return (byte) ofCategories.group(categorical[feature], value);
  }

  /** What a group holds, for people. */
  public String text(int feature, int group) {
    if (features.get(feature) instanceof NumericGrid bins) {
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      for (int bin = bins.bins() - 1; bin >= 0; bin--) {
        if (bins.coarse(bin) == group) {
          low = bins.low(bin);
        }
      }
      for (int bin = 0; bin < bins.bins(); bin++) {
        if (bins.coarse(bin) == group) {
          high = bins.high(bin);
        }
      }
      return "from " + (float) low + " to " + (float) high;
    }
    Categories dictionary = (Categories) features.get(feature);
    return group < dictionary.size() && dictionary.size() < MOST
        ? "'" + dictionary.value(group) + "'"
        : "of group " + group;
  }
}
