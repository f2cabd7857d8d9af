package io.leeway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to tell, and when; the same for all models.
 *
 * @param channels no two of one name
 * @param quietHours when only what is urgent goes out
 * @param digestAbove more notices than this of one model in one go become one
 * @param attempts tries to deliver a notice to a channel, after which it is given up there
 */
public record NoticesConfig(
    List<ChannelConfig> channels, Optional<QuietHours> quietHours, int digestAbove, int attempts) {
  /** Nobody is told. */
  public static final NoticesConfig NONE = new NoticesConfig(List.of(), Optional.empty(), 5, 3);

  public NoticesConfig {
    channels = List.copyOf(channels);
    if (digestAbove < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "A digest above " + digestAbove + " and " + attempts + " attempts make no sense.");
    }
    if (new HashSet<>(channels.stream().map(ChannelConfig::name).toList()).size()
        < channels.size()) {
      throw new IllegalArgumentException("Two channels have one name.");
    }
  }

  static NoticesConfig read(Block block) {
    List<ChannelConfig> channels = new ArrayList<>();
    Map<String, String> paths = new HashMap<>();
    for (Value element : block.elements("channels")) {
      Optional<ChannelConfig> channel = element.block().flatMap(ChannelConfig::read);
      if (channel.isPresent()) {
        String name = channel.get().name();
        String first = paths.putIfAbsent(name, element.path());
        if (first == null) {
          channels.add(channel.get());
        } else {
          element.wrong("has the same name as " + first + "; write a name of its own");
        }
      }
    }
    Optional<QuietHours> quietHours = block.block("quiet-hours").flatMap(QuietHours::read);
    int digestAbove = block.integer("digest-above", NONE.digestAbove, 1);
    int attempts = block.integer("attempts", NONE.attempts, 1);
    block.refuseUnknownKeys();
    return new NoticesConfig(channels, quietHours, digestAbove, attempts);
  }
}
