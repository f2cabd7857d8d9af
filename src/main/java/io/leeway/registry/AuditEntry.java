package io.leeway.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * One entry of a model's audit log.
 *
 * <p>Its hash is the SHA-256 of the hash before it and of all it says:
 *
 * <pre>{@code
 * hash = sha256(previous_hash \n model \n sequence \n event_id \n act \n model_version \n actor \n
 *               reason \n details \n code_version \n occurred_at in microseconds)
 * }</pre>
 *
 * <p>each of them as its length in UTF-8 bytes, a colon, and its text; a missing version is empty.
 *
 * @param sequence from 1, without gaps
 * @param eventId of the attempt that appended it; rows that it made elsewhere bear it as {@code
 *     attempt_id}, and count because of this entry
 * @param at when it was appended, to the microsecond
 * @param previousHash of the entry before; {@link #FIRST} of the first
 */
public record AuditEntry(
    String model,
    long sequence,
    String eventId,
    NewEntry act,
    String codeVersion,
    Instant at,
    String previousHash,
    String hash) {
  /** What stands before the first entry. */
  public static final String FIRST = "0".repeat(64);

  public AuditEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** The entry that follows a hash. */
  static AuditEntry after(
      String previousHash,
      String model,
      long sequence,
      String eventId,
      NewEntry act,
      String codeVersion,
      Instant at) {
    AuditEntry open =
        new AuditEntry(model, sequence, eventId, act, codeVersion, at, previousHash, "");
    return new AuditEntry(
        model, sequence, eventId, act, codeVersion, at, previousHash, open.computedHash());
  }

  /** What the hash must be. */
  String computedHash() {
    MessageDigest digest = sha256();
    String version = act.version().isPresent() ? Integer.toString(act.version().getAsInt()) : "";
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    for (String part :
        new String[] {
          previousHash,
          model,
          Long.toString(sequence),
          eventId,
          act.kind().name(),
          version,
          act.actor(),
          act.reason(),
          act.details().json(),
          codeVersion,
          Long.toString(micros)
        }) {
      byte[] text = part.getBytes(StandardCharsets.UTF_8);
      digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(text);
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  ActKind kind() {
    return act.kind();
  }

  Details details() {
    return act.details();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
