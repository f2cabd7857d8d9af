package io.leeway.stats.experiment;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Which arm a unit belongs to, the same wherever it is computed: the first 15 hexadecimal digits of
 * SHA-256 of {@code salt + ":" + id} in UTF-8, as a number, modulo 10 000, are its bucket. Buckets
 * below the challenger's basis points are the challenger's, so a larger share only moves units from
 * champion to challenger.
 *
 * <p>Two tests with different salts split independently of each other. Fifteen digits are 60 bits
 * and fit a signed long; buckets are equally likely to 1e-14.
 *
 * @param salt of the test: letters, digits, dot, hyphen, underscore, so that it reads the same in
 *     any language's string literal
 * @param challengerBasisPoints of 10 000 buckets, in [0, 10 000]
 * @see <a href="https://doi.org/10.6028/NIST.FIPS.180-4">FIPS 180-4, the Secure Hash Standard</a>
 */
public record Assignment(String salt, int challengerBasisPoints) {
  /** Buckets there are, and basis points in the whole. */
  public static final int BUCKETS = 10_000;

  private static final int HEX_DIGITS = 15;
  private static final Pattern SALT = Pattern.compile("[A-Za-z0-9._-]+");

  public Assignment {
    if (!SALT.matcher(salt).matches()) {
      throw new IllegalArgumentException(
          "A salt has letters, digits, '.', '-' and '_' only, at least one, but is '"
              + salt
              + "'.");
    }
    if (challengerBasisPoints < 0 || challengerBasisPoints > BUCKETS) {
      throw new IllegalArgumentException(
          "The challenger's share is 0 to 10000 basis points, but is "
              + challengerBasisPoints
              + ".");
    }
  }

  /** The same split with another share. */
  public Assignment withChallenger(int basisPoints) {
    return new Assignment(salt, basisPoints);
  }

  /** The unit's bucket, in [0, 9 999]. */
  public int bucket(String unitId) {
    byte[] hash = sha256().digest((salt + ":" + unitId).getBytes(StandardCharsets.UTF_8));
    String digits = HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    return new BigInteger(digits, 16).mod(BigInteger.valueOf(BUCKETS)).intValueExact();
  }

  public Arm arm(String unitId) {
    return bucket(unitId) < challengerBasisPoints ? Arm.CHALLENGER : Arm.CHAMPION;
  }

  /**
   * The bucket in Spark SQL. Where the id is NULL so is the bucket, and such a unit has no arm.
   *
   * @param unitId an expression of any type that casts to STRING, such as a column's name
   */
  public String bucketSql(String unitId) {
    return "pmod(CAST(conv(substr(sha2(concat('"
        + salt
        + ":', CAST("
        + unitId
        + " AS STRING)), 256), 1, "
        + HEX_DIGITS
        + "), 16, 10) AS BIGINT), "
        + BUCKETS
        + ")";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
