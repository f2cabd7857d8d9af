package io.leeway.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One way on which notices go out.
 *
 * @param name by which the outbox remembers what went out here; a new name is a new channel
 * @param url where to; empty for a file
 * @param secret what signs a webhook, or PagerDuty's routing key
 * @param file of Prometheus, ends in {@code .prom}; each model gets a file of its own beside it
 * @param least the least severity that goes out
 * @param timeout of one try, from connecting to the end of the answer
 */
public record ChannelConfig(
    String name,
    Type type,
    Optional<WebAddress> url,
    Optional<Secret> secret,
    Optional<String> file,
    String least,
    Duration timeout) {
  /** Of one try, unless told. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final WebAddress PAGERDUTY =
      WebAddress.parse("https://events.pagerduty.com/v2/enqueue");

  /** What listens at the other end. */
  public enum Type {
    WEBHOOK,
    SLACK,
    PAGERDUTY,
    ALERTMANAGER,
    PROMETHEUS;

    /** As written in the configuration. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> texts() {
      return Arrays.stream(values()).map(Type::text).toList();
    }

    static Type parse(String text) {
      return valueOf(Block.oneOf(text, texts()).toUpperCase(Locale.ROOT));
    }
  }

  public ChannelConfig {
    boolean toFile = type == Type.PROMETHEUS;
    boolean isComplete =
        toFile == file.isPresent()
            && toFile == url.isEmpty()
            && (type != Type.PAGERDUTY || secret.isPresent());
    if (!isComplete || name.isBlank() || !RuleConfig.SEVERITIES.contains(least)) {
      throw new IllegalArgumentException("The channel '" + name + "' is not well formed.");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The channel '" + name + "' waits for " + timeout + ".");
    }
  }

  /** Whether notices are sent here, one by one; a file takes what stands instead. */
  public boolean takesNotices() {
    return type != Type.PROMETHEUS;
  }

  /** Empty where a needed key is missing or wrong, which then is a problem of the load. */
  static Optional<ChannelConfig> read(Block block) {
    Optional<Type> type = block.optional("type", Type::parse);
    if (block.find("type").isEmpty()) {
      block.missing("type", "write one of " + String.join(", ", Type.texts()));
    }
    return type.flatMap(of -> read(block, of));
  }

  private static Optional<ChannelConfig> read(Block block, Type type) {
    String name = block.text("name", type.text());
    Optional<WebAddress> url = Optional.empty();
    Optional<Secret> secret = Optional.empty();
    Optional<String> file = Optional.empty();
    switch (type) {
      case WEBHOOK -> {
        url = address(block, false);
        secret = Secret.optional(block, "secret");
      }
      case SLACK -> url = address(block, true);
      case PAGERDUTY -> {
        secret = Secret.optional(block, "routing-key");
        if (block.find("routing-key").isEmpty()) {
          block.missing("routing-key", "put it into an environment variable and write ${NAME}");
        }
        url = Optional.of(block.value("url", PAGERDUTY, WebAddress::parse));
      }
      case ALERTMANAGER -> url = address(block, false);
      case PROMETHEUS -> file = file(block);
    }
    String least = block.choice("least", "investigate", RuleConfig.SEVERITIES);
    Duration timeout = block.value("timeout", TIMEOUT, ChannelConfig::timeout);
    block.refuseUnknownKeys();
    boolean isComplete =
        (url.isPresent() || file.isPresent()) && (type != Type.PAGERDUTY || secret.isPresent());
    return isComplete
        ? Optional.of(new ChannelConfig(name, type, url, secret, file, least, timeout))
        : Optional.empty();
  }

  private static Optional<WebAddress> address(Block block, boolean isSecret) {
    if (block.find("url").isEmpty()) {
      block.missing("url", "write where notices go, for example \"https://host/path\"");
    }
    return WebAddress.optional(block, "url", isSecret);
  }

  private static Optional<String> file(Block block) {
    Optional<Value> found = block.find("file");
    if (found.isEmpty()) {
      block.missing("file", "write the path of a file that ends in .prom");
      return Optional.empty();
    }
    Value value = found.get();
    Optional<String> text = value.text();
    if (text.filter(path -> path.contains("://")).isPresent()) {
      value.wrong("is an address, but the file lies on this machine; write a path");
      return Optional.empty();
    }
    if (text.filter(path -> !path.endsWith(".prom")).isPresent()) {
      value.wrong("does not end in .prom, so that Prometheus would not find it; add .prom");
      return Optional.empty();
    }
    return text.flatMap(path -> TableRef.path(value, path));
  }

  private static Duration timeout(String text) {
    Duration timeout = DurationText.parse(text);
    if (timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not from 1 second to 1 minute; write for example '5 seconds'");
    }
    return timeout;
  }
}
