package io.leeway.domain;

import java.util.Objects;

/**
 * A part as a run publishes it, with what it was made from.
 *
 * @param predictionsVersion table version of the predictions that were read
 * @param labelsVersion table version of the labels that were read, or {@code null} where none were
 * @param rows rows of the source in the window
 * @param fingerprint wrapping sum over these rows of a hash of everything that the scan reads of
 *     them; additive, order-free; {@code null} where it was not computed
 */
public record PublishedPart(
    Part part, long predictionsVersion, Long labelsVersion, long rows, Long fingerprint) {
  public PublishedPart {
    Objects.requireNonNull(part, "part");
  }
}
