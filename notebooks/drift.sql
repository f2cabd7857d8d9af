-- Where did the inputs move last week, and how sure are we?
-- Run a cell with: jobs/leeway sql --config FILE "…", or in any SQL notebook over the views.

-- Columns by their largest corrected PSI over all rows.
SELECT model, column_name, max(value) AS psi_corrected, max_by(window_start, value) AS window_start
FROM latest_metrics
WHERE metric = 'psi_corrected' AND comparison = 'baseline' AND slice = '[]' AND granularity = '7 days'
GROUP BY model, column_name
ORDER BY psi_corrected DESC;

-- Segments in which a column moved although it did not move overall.
SELECT s.model, s.window_start, s.segment, s.column_name, s.value AS in_segment, o.value AS overall, s.n
FROM latest_metrics s
JOIN latest_metrics o
  ON s.model = o.model AND s.model_version <=> o.model_version AND s.window_start = o.window_start
  AND s.granularity = o.granularity AND s.column_name = o.column_name AND s.metric = o.metric
  AND s.comparison = o.comparison AND o.slice = '[]'
WHERE s.metric = 'psi_corrected' AND s.comparison = 'baseline' AND s.granularity = '7 days'
  AND s.slice <> '[]' AND s.status = 'OK'
ORDER BY s.value - o.value DESC
LIMIT 20;

-- New categories, the most frequent one named.
SELECT model, window_start, segment, column_name, value AS categories_new, numerator AS n, reason
FROM latest_metrics
WHERE metric = 'categories_new' AND comparison = 'baseline' AND value > 0
ORDER BY window_start DESC, n DESC
LIMIT 20;
