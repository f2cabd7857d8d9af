package io.leeway.monitor.metrics;

import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.performance.ClassPair;
import io.leeway.stats.performance.Confusion;
import io.leeway.stats.performance.Share;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What happened against what was decided, and how many labels there are.
 *
 * @param members of the outcome
 * @param pairs rows by place of the class that happened, then by that of the class decided; the
 *     last place is for what is not known
 * @param states rows by state of their label
 */
@SuppressWarnings("ArrayRecordComponent") // Read at once, never compared.
public record OutcomeCounts(OutcomeMembers members, long[][] pairs, Map<String, Long> states) {

  /** The rates of which is known how much they vary between windows. */
  static final Map<Varying, Function<OutcomeCounts, Share>> RATES = rates();

  private static Map<Varying, Function<OutcomeCounts, Share>> rates() {
    Map<Varying, Function<OutcomeCounts, Share>> rates = new EnumMap<>(Varying.class);
    rates.put(Varying.LABEL_COVERAGE, OutcomeCounts::coverage);
    rates.put(Varying.ACCURACY, OutcomeCounts::accuracy);
    rates.put(Varying.PRECISION, of -> of.favourable().precision());
    rates.put(Varying.RECALL, of -> of.favourable().recall());
    rates.put(Varying.FALSE_POSITIVE_RATE, of -> of.favourable().falsePositiveRate());
    rates.put(Varying.BASE_RATE, OutcomeCounts::baseRate);
    rates.put(Varying.SELECTION_RATE, OutcomeCounts::selection);
    return rates;
  }

  static OutcomeCounts of(ProfileBundle bundle, OutcomeMembers members) {
    int classes = members.classes().size();
    long[][] pairs = new long[classes + 1][classes + 1];
    bundle
        .categorical(OutcomeMembers.CONFUSION)
        .ifPresent(
            profile -> {
              for (int happened = 0; happened <= classes; happened++) {
                for (int decided = 0; decided <= classes; decided++) {
                  String pair =
                      OutcomeMembers.pair(mark(happened, classes), mark(decided, classes));
                  pairs[happened][decided] = count(profile, pair);
                }
              }
            });
    Map<String, Long> states =
        bundle
            .categorical(OutcomeMembers.STATE)
            .<Map<String, Long>>map(CategoricalProfile::byName)
            .orElse(Map.of());
    return new OutcomeCounts(members, pairs, states);
  }

  private static String mark(int place, int classes) {
    return place == classes ? OutcomeMembers.UNKNOWN : Integer.toString(place);
  }

  private static long count(CategoricalProfile profile, String pair) {
    int code = profile.dictionary().code(pair);
    return code < 0 ? 0 : profile.dictionaryCount(code);
  }

  int classes() {
    return members.classes().size();
  }

  long rows() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rows whose state begins so. */
  long inState(String beginning) {
    return states.entrySet().stream()
        .filter(of -> of.getKey().equals(beginning) || of.getKey().startsWith(beginning + "+"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Rows whose state has a mark. */
  long marked(String mark) {
    return states.entrySet().stream()
        .filter(of -> of.getKey().contains(mark))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long labelled() {
    return inState(OutcomeMembers.LABELLED) + inState(OutcomeMembers.ASSUMED);
  }

  Share coverage() {
    return new Share(labelled(), rows());
  }

  /** Rows in which a class happened, whatever was decided. */
  long happened(int of) {
    long sum = 0;
    for (int decided = 0; decided <= classes(); decided++) {
      sum += pairs[of][decided];
    }
    return sum;
  }

  /** Rows for which a class was decided, whatever happened. */
  long decided(int of) {
    long sum = 0;
    for (int happened = 0; happened <= classes(); happened++) {
      sum += pairs[happened][of];
    }
    return sum;
  }

  /** Rows with a class that happened and a decision. */
  long judged() {
    long sum = 0;
    for (int happened = 0; happened < classes(); happened++) {
      for (int decided = 0; decided < classes(); decided++) {
        sum += pairs[happened][decided];
      }
    }
    return sum;
  }

  Share accuracy() {
    long correct = 0;
    for (int of = 0; of < classes(); of++) {
      correct += pairs[of][of];
    }
    return new Share(correct, judged());
  }

  /** How often the favourable class happened. */
  Share baseRate() {
    long all = 0;
    for (int of = 0; of < classes(); of++) {
      all += happened(of);
    }
    return new Share(classes() == 0 ? 0 : happened(members.positive()), all);
  }

  /** How often the favourable class was decided, among all rows with a decision. */
  Share selection() {
    long all = 0;
    for (int of = 0; of < classes(); of++) {
      all += decided(of);
    }
    return new Share(classes() == 0 ? 0 : decided(members.positive()), all);
  }

  /** The favourable class against all others. */
  Confusion favourable() {
    return classes() == 0 ? Confusion.EMPTY : oneAgainstRest(members.positive());
  }

  Confusion oneAgainstRest(int of) {
    long truePositive = pairs[of][of];
    long falseNegative = 0;
    long falsePositive = 0;
    for (int other = 0; other < classes(); other++) {
      falseNegative += other == of ? 0 : pairs[of][other];
      falsePositive += other == of ? 0 : pairs[other][of];
    }
    return new Confusion(
        truePositive,
        falsePositive,
        judged() - truePositive - falsePositive - falseNegative,
        falseNegative);
  }

  /** Every pair of classes with rows. */
  List<ClassPair> classPairs() {
    List<ClassPair> found = new ArrayList<>();
    for (int happened = 0; happened < classes(); happened++) {
      for (int decided = 0; decided < classes(); decided++) {
        if (pairs[happened][decided] > 0) {
          found.add(new ClassPair(happened, decided, pairs[happened][decided]));
        }
      }
    }
    return found;
  }
}
