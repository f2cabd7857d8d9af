package io.leeway.simulate;

import java.util.Arrays;
import java.util.List;

/** States and territories, with shares close to those of the population. */
enum State {
  NSW(0.312),
  VIC(0.257),
  QLD(0.205),
  WA(0.110),
  SA(0.069),
  TAS(0.021),
  ACT(0.017),
  NT(0.009);

  private static final Categories<State> SHARES =
      new Categories<>(
          List.of(values()), Arrays.stream(values()).mapToDouble(State::share).toArray());

  private final double share;

  State(double share) {
    this.share = share;
  }

  double share() {
    return share;
  }

  static State at(double uniform) {
    return SHARES.at(uniform);
  }

  /** The state written {@code name}; the known ones are listed if there is none. */
  static State named(String name) {
    return Arrays.stream(values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "State '"
                        + name
                        + "' is not known; name one of "
                        + Arrays.toString(values())
                        + "."));
  }
}
