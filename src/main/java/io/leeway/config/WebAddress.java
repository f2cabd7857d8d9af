package io.leeway.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where something is sent by HTTP. Only its scheme, host and port are ever shown. */
public record WebAddress(URI uri) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  public WebAddress {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "is not a web address; write for example \"https://host/path\"");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "holds a user, a password or a fragment, which are not sent; leave them out");
    }
  }

  /**
   * Reads an address; one that does not fit is described without being shown.
   *
   * @throws IllegalArgumentException in words, if the text is no address of HTTP
   */
  static WebAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      // The message of the cause shows the text, which may hold a secret.
      uri = URI.create("");
    }
    return new WebAddress(uri);
  }

  /**
   * The address under a key. Where the whole of it is a secret, or a parameter looks like one, it
   * may only come from the environment, unless it does not leave this machine.
   */
  static Optional<WebAddress> optional(Block block, String key, boolean isSecret) {
    Optional<WebAddress> address = block.optional(key, WebAddress::parse);
    boolean isOpen =
        address
            .filter(of -> (isSecret || TableRef.holdsSecret(of.uri.toString())) && !of.isLoopback())
            .isPresent();
    block
        .find(key)
        .filter(value -> isOpen && !value.fromEnvironment())
        .ifPresent(
            value ->
                value.wrong(
                    "holds a secret in plain text; put the whole address into an environment"
                        + " variable and write ${?NAME}"));
    return address;
  }

  private boolean isLoopback() {
    return LOOPBACK.matcher(uri.getHost()).matches();
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
