package io.leeway.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Names of runs, attempts and grids. */
public final class RunIdentity {
  private static final int LENGTH = 24;

  private RunIdentity() {}

  /**
   * The same for the same parts in the same order: the first {@value #LENGTH} digits of their
   * SHA-256.
   */
  public static String hash(List<?> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(text);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /**
   * A name that no other process uses: 32 digits, for Delta's statistics of a file keep no more of
   * a text, and only a whole name tells that the file holds no other attempt's rows.
   */
  public static String attempt() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
