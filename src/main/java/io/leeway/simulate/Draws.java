package io.leeway.simulate;

/**
 * The random numbers of one row, each found by its name instead of by its turn: asking for one
 * never moves another, so a change to one column leaves the others alone.
 *
 * <p>A number is the 64-bit finaliser of SplitMix64 over the row's key plus a multiple of the
 * golden ratio, one multiple a name. The key is made in the same way from seed, day and index. All
 * functions are those of {@link StrictMath}: the same bits on every machine.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood (2014), Fast splittable
 *     pseudorandom number generators</a>
 */
final class Draws {
  /** What a number is drawn for, each with a number of its own that decides what is drawn. */
  enum Draw {
    SCORED_AT(0),
    STATE(1),
    AGE_BAND(2),
    AGE(3),
    GENDER(4),
    INCOME(5),
    LOAN_AMOUNT(6),
    TERM_MONTHS(7),
    CREDIT_SCORE(8),
    NO_CREDIT_FILE(9),
    MONTHS_EMPLOYED(10),
    NUM_ENQUIRIES(11),
    EXISTING_DEBT(12),
    NO_DEBT(13),
    UTILISATION(14),
    NO_CREDIT_LINE(15),
    POSTCODE_RISK(16),
    EMPLOYMENT_TYPE(17),
    PURPOSE(18),
    HOUSING(19),
    CHANNEL(20),
    HAS_GUARANTOR(21),
    LATENCY(22),
    COST(23),
    STATUS(24),
    DEFAULTED(25),
    OBSERVED_AFTER(26),
    NEVER_OBSERVED(27);

    private final int number;

    Draw(int number) {
      this.number = number;
    }

    /** Two slots a name: a normal needs two. */
    private long slot() {
      return 2L * number;
    }
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Names given by a text start above the names given by {@link Draw}. */
  private static final long TEXTS = 1L << 33;

  private final long key;

  private Draws(long key) {
    this.key = key;
  }

  static Draws of(long seed, int day, long index) {
    return new Draws(mix(mix(mix(seed + GOLDEN) + day * GOLDEN) + index * GOLDEN));
  }

  /** Uniform in the open interval (0, 1). */
  double uniform(Draw draw) {
    return uniform(draw.slot());
  }

  /** Uniform in (0, 1), one number a text. */
  double uniform(String name) {
    return uniform(TEXTS + 2L * name.hashCode());
  }

  /** Standard normal, by Box and Muller from two uniforms; |z| stays below 8.7. */
  double normal(Draw draw) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(draw.slot())));
    return radius * StrictMath.cos(2 * Math.PI * uniform(draw.slot() + 1));
  }

  /** Exponential with mean 1. */
  double exponential(Draw draw) {
    return -StrictMath.log(uniform(draw));
  }

  private double uniform(long slot) {
    return ((mix(key + (slot + 1) * GOLDEN) >>> 11) + 0.5) * 0x1p-53;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
