package io.leeway.cli.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Labelled rows as two models answered them. */
final class Sides {
  private record Answered(double label, double published, double retrained) {}

  private final List<Answered> rows = new ArrayList<>();

  void add(double label, double published, double retrained) {
    rows.add(new Answered(label, published, retrained));
  }

  void addAll(Sides others) {
    rows.addAll(others.rows);
  }

  int size() {
    return rows.size();
  }

  boolean[] positives() {
    boolean[] positives = new boolean[rows.size()];
    for (int i = 0; i < positives.length; i++) {
      positives[i] = rows.get(i).label() == 1;
    }
    return positives;
  }

  double[] published() {
    return rows.stream().mapToDouble(Answered::published).toArray();
  }

  double[] retrained() {
    return rows.stream().mapToDouble(Answered::retrained).toArray();
  }

  /** The published model's mean loss. */
  double publishedLoss(DoubleBinaryOperator loss) {
    return rows.stream()
        .mapToDouble(of -> loss.applyAsDouble(of.label(), of.published()))
        .average()
        .orElse(Double.NaN);
  }

  double retrainedLoss(DoubleBinaryOperator loss) {
    return rows.stream()
        .mapToDouble(of -> loss.applyAsDouble(of.label(), of.retrained()))
        .average()
        .orElse(Double.NaN);
  }

  /** Row by row, the retrained model's loss less the published one's. */
  double[] differences(DoubleBinaryOperator loss) {
    return rows.stream()
        .mapToDouble(
            of ->
                loss.applyAsDouble(of.label(), of.retrained())
                    - loss.applyAsDouble(of.label(), of.published()))
        .toArray();
  }
}
