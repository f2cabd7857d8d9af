package io.leeway.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a business metric is made of: the mean of an expression over the predictions, or the ratio
 * of the sums of two.
 *
 * @param expression SQL over the predictions; of a ratio its numerator
 * @param denominator of a ratio
 */
public record BusinessMetric(String expression, Optional<String> denominator) {
  private static final String NUMERATOR = "numerator";
  private static final String DENOMINATOR = "denominator";

  static Map<String, BusinessMetric> readAll(Block business) {
    Map<String, BusinessMetric> metrics = new LinkedHashMap<>();
    for (String name : business.names()) {
      read(business, name).ifPresent(metric -> metrics.put(name, metric));
    }
    return metrics;
  }

  private static Optional<BusinessMetric> read(Block business, String name) {
    if (!business.isBlock(name)) {
      return business.optionalText(name).map(sql -> new BusinessMetric(sql, Optional.empty()));
    }
    return business
        .block(name)
        .map(
            ratio -> {
              BusinessMetric metric =
                  new BusinessMetric(
                      ratio.required(NUMERATOR, "write what stands above the line, in SQL"),
                      Optional.of(
                          ratio.required(DENOMINATOR, "write what stands below the line, in SQL")));
              ratio.refuseUnknownKeys();
              return metric;
            });
  }

  /** Its expressions by the keys that they stand under, below the metric's own key. */
  public Map<String, String> expressions(String key) {
    Map<String, String> expressions = new LinkedHashMap<>();
    expressions.put(denominator.isPresent() ? key + "." + NUMERATOR : key, expression);
    denominator.ifPresent(sql -> expressions.put(key + "." + DENOMINATOR, sql));
    return expressions;
  }
}
