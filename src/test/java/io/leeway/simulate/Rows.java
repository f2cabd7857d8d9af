package io.leeway.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Rows of a day, as the tests compare them. */
final class Rows {
  private Rows() {}

  static List<Prediction> predictions(SimulatedDay day) {
    return LongStream.range(0, day.rows()).mapToObj(day::prediction).toList();
  }

  static List<Optional<Outcome>> outcomes(SimulatedDay day) {
    return LongStream.range(0, day.rows()).mapToObj(day::outcome).toList();
  }

  /** All columns of the row by their names in the table. */
  static Map<String, Object> columns(Prediction prediction) {
    Applicant applicant = prediction.applicant();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("prediction_id", prediction.predictionId());
    columns.put("scored_at", prediction.scoredAt());
    columns.put("model_version", prediction.modelVersion());
    columns.put("state", applicant.state());
    columns.put("age", applicant.age());
    columns.put("age_band", applicant.ageBand());
    columns.put("gender", applicant.gender().orElse(null));
    for (Feature feature : Feature.ALL) {
      columns.put(feature.column(), applicant.value(feature));
    }
    columns.put("probability", prediction.probability());
    columns.put("decision", prediction.decision());
    columns.put("latency_ms", prediction.latencyMs());
    columns.put("cost_aud", prediction.costAud());
    columns.put("status", prediction.status());
    return columns;
  }

  static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  /** Half the width of an interval that a binomial share leaves once in two million times. */
  static double fiveSigma(double share, long n) {
    return 5 * Math.sqrt(share * (1 - share) / n);
  }
}
