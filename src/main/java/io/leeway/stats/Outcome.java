package io.leeway.stats;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A result, or the reason there is none. "No value" is a finding that people read; it is never
 * {@code NaN}, 0 or {@code null}.
 *
 * @param <T> what the result is when it exists
 */
public sealed interface Outcome<T> {
  /** The result exists. */
  record Defined<T>(T result) implements Outcome<T> {
    public Defined {
      Objects.requireNonNull(result, "result");
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> ifDefined,
        Function<? super String, ? extends R> ifUndefined) {
      return ifDefined.apply(result);
    }
  }

  /** The result does not exist, for a reason worded for people. */
  record Undefined<T>(String why) implements Outcome<T> {
    public Undefined {
      Objects.requireNonNull(why, "why");
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> ifDefined,
        Function<? super String, ? extends R> ifUndefined) {
      return ifUndefined.apply(why);
    }
  }

  static <T> Outcome<T> of(T result) {
    return new Defined<>(result);
  }

  static <T> Outcome<T> undefined(String why) {
    return new Undefined<>(why);
  }

  /** Whichever of the two functions applies. */
  <R> R fold(
      Function<? super T, ? extends R> ifDefined,
      Function<? super String, ? extends R> ifUndefined);

  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return fold(result -> of(change.apply(result)), Outcome::undefined);
  }

  default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> change) {
    return fold(change, Outcome::undefined);
  }

  default boolean isDefined() {
    return value().isPresent();
  }

  /** The result, empty where there is none. */
  default Optional<T> value() {
    return fold(Optional::of, why -> Optional.empty());
  }

  /** Why there is no result, empty where there is one. */
  default Optional<String> reason() {
    return fold(result -> Optional.empty(), Optional::of);
  }

  /**
   * The result, where the caller knows that there is one.
   *
   * @throws IllegalStateException with the reason, where there is no result
   */
  default T orElseThrow() {
    return value().orElseThrow(() -> new IllegalStateException(reason().orElseThrow()));
  }
}
