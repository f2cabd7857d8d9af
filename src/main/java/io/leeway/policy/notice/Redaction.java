package io.leeway.policy.notice;

import io.leeway.config.ChannelConfig;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What others say of a try, made fit to be stored: one short line without the channel's secrets.
 */
final class Redaction {
  private static final String MASK = "***";
  private static final int LONGEST = 120;

  /** Parts of a path that are shorter than this are words, not secrets. */
  private static final int SHORTEST_PART = 6;

  private Redaction() {}

  static String of(String said, ChannelConfig channel) {
    String text = said;
    for (String secret : secrets(channel)) {
      text = text.replace(secret, MASK);
    }
    text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    int points = text.codePointCount(0, text.length());
    return points <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  /** The longest first, since a shorter one may be a part of it. */
  private static List<String> secrets(ChannelConfig channel) {
    List<String> secrets = new ArrayList<>();
    channel.secret().ifPresent(secret -> secrets.add(secret.text()));
    channel
        .url()
        .ifPresent(
            url -> {
              URI uri = url.uri();
              addWithParts(secrets, uri.getRawPath(), "/");
              addWithParts(secrets, uri.getRawQuery(), "[&=]");
            });
    return secrets.stream()
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static void addWithParts(List<String> secrets, String whole, String separator) {
    if (whole == null) {
      return;
    }
    List<String> texts = new ArrayList<>(List.of(whole.split(separator)));
    texts.add(whole);
    for (String text : texts) {
      if (text.length() >= SHORTEST_PART) {
        secrets.add(text);
        secrets.add(URLDecoder.decode(text, StandardCharsets.UTF_8));
      }
    }
  }
}
