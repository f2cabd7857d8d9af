package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import java.util.StringJoiner;

/** Why a verdict is what it is, in one sentence with its numbers. */
final class Sentence {
  private final Case of;
  private final Finding found;
  private final Verdict.Tests tests;
  private final double level;

  /** Of a case that was tested; {@code level} is the largest q of a breach. */
  Sentence(Case of, Finding found, Verdict.Tests tests, double level) {
    this.of = of;
    this.found = found;
    this.tests = tests;
    this.level = level;
  }

  /** What a verdict is on: {@code psi of 'income' in state=VIC}. */
  static String subject(Series place) {
    StringJoiner text = new StringJoiner(" ");
    text.add(place.metric());
    if (!place.column().isEmpty()) {
      text.add("of '" + place.column() + "'");
    }
    if (place.classLabel() != null) {
      text.add("of class '" + place.classLabel() + "'");
    }
    if (!place.segment().slice().isOverall()) {
      text.add("in " + place.segment());
    }
    return text.toString();
  }

  String of(Verdict.Kind kind) {
    String why =
        switch (kind) {
          case BREACH -> "and surely " + (isByLimit() ? "beyond it" : "changed") + ": " + sure();
          case OK -> "and surely within it: p " + Numbers.text(found.pWithin()) + " of beyond";
          default -> "but neither surely beyond nor surely within it: " + missing();
        };
    return value() + ", " + side() + ", " + why + found() + "." + note();
  }

  private boolean isByLimit() {
    return tests.evidence() == Evidence.LIMIT;
  }

  private String value() {
    Measure measure = of.measure().orElseThrow();
    StringBuilder text = new StringBuilder(subject(of.place()));
    text.append(" is ").append(Numbers.text(measure.value()));
    if (measure.n() != null) {
      text.append(" (n ").append(measure.n()).append(")");
    }
    if (found.estimate() != measure.value()) {
      text.append(", ").append(Numbers.text(found.estimate())).append(" without noise");
    }
    return text.toString();
  }

  private String side() {
    boolean isAbove = found.estimate() > found.limit();
    String border = found.estimate() == found.limit() ? "at" : isAbove ? "above" : "below";
    return border
        + " the limit "
        + Numbers.text(found.limit())
        + " of '"
        + of.rule().text()
        + "'"
        + learned();
  }

  private String learned() {
    return of.rule().limit().isLearned()
        ? ", learned from "
            + LearnedBorder.windows(of.measure().orElseThrow())
            + " windows of the reference"
        : "";
  }

  private String sure() {
    if (found.fact()) {
      return "it is counted, not estimated" + windows();
    }
    return "q "
        + Numbers.text(tests.q())
        + " among "
        + tests.familySize()
        + (tests.familySize() == 1 ? " test of " : " tests of ")
        + of.rule().family().text()
        + windows();
  }

  private String windows() {
    return of.persistence().of() == 1 ? "" : ", " + of.persistence() + " windows";
  }

  /** Which condition of a breach failed. */
  private String missing() {
    if (!found.isBeyond()) {
      return "p " + Numbers.text(found.pWithin()) + " of beyond";
    }
    if (isByLimit() && found.pBeyond() > Judgement.TAIL) {
      return "p " + Numbers.text(found.pBeyond()) + " of within";
    }
    if (tests.q() > level) {
      return sure() + ", above " + Numbers.text(level);
    }
    return of.leansOnOneWindow(found) ? found.alone().orElseThrow() : sure();
  }

  private String found() {
    return tests.detectable().isEmpty()
        ? ""
        : "; "
            + Numbers.text(tests.detectable().getAsDouble())
            + " would have been found with probability 80 %";
  }

  private String note() {
    String byLimit =
        of.rule().evidence() != tests.evidence() && !found.fact()
            ? " Nothing tells whether it has changed, so by its limit."
            : "";
    return byLimit + found.note().map(of -> " " + of).orElse("");
  }
}
