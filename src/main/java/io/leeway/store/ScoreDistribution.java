package io.leeway.store;

/**
 * The view {@code score_distribution}: which share of a segment's scores lies between which two
 * edges of the frozen grid, and how many of them were decided positively, as SQL over {@code
 * profile_bins}.
 *
 * <p>Lowest bin: {@code low} is NULL; highest bin: {@code high} is NULL. Bins are {@code low <=
 * score < high}. Those without rows are left out. The grid is fine (about a thousand bins); counts
 * add up to any coarser one, over segments and windows, as long as {@code bins_id} is the same.
 */
final class ScoreDistribution {
  static final String NAME = "score_distribution";

  private static final String KEY =
      "model, model_version, granularity, window_start, window_end, slice, segment";

  private ScoreDistribution() {}

  static String query(String bins, String baselines) {
    return """
        WITH counts AS (
          SELECT KEY, any_value(segment_values) AS segment_values, bins_id, column_name, bin,
            sum(n) AS n, sum(decided) AS n_decided
          FROM BINS
          WHERE part = 'inputs' AND kind = 'SCORE' AND bin IS NOT NULL
          GROUP BY KEY, bins_id, column_name, bin),
        grids AS (
          SELECT model, bins_id, column_name, any_value(edges) AS edges
          FROM BASELINES
          GROUP BY model, bins_id, column_name)
        SELECT COUNTED, c.segment_values, c.column_name, c.bin, get(g.edges, c.bin - 1) AS low,
          get(g.edges, c.bin) AS high, c.n, c.n_decided,
          c.n / sum(c.n) OVER (PARTITION BY COUNTED, c.bins_id, c.column_name) AS share, c.bins_id
        FROM counts c JOIN grids g
          ON c.model = g.model AND c.bins_id = g.bins_id AND c.column_name = g.column_name"""
        .replace("COUNTED", "c." + KEY.replace(", ", ", c."))
        .replace("KEY", KEY)
        .replace("BINS", bins)
        .replace("BASELINES", baselines);
  }
}
