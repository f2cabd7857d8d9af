package io.leeway.policy;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Has the next thing made by another thread while the one before is in use; never more than one
 * ahead.
 */
final class ReadAhead<T, R> implements Iterator<R>, AutoCloseable {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Iterator<T> from;
  private final Function<T, R> read;
  private CompletableFuture<R> next;

  /** Begins with the first thing at once. */
  ReadAhead(Iterable<T> from, Function<T, R> read) {
    this.from = from.iterator();
    this.read = read;
    begin();
  }

  private void begin() {
    next = null;
    if (from.hasNext()) {
      T one = from.next();
      next = CompletableFuture.supplyAsync(() -> read.apply(one), thread);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** Waits for the next thing; what kept it from being made is thrown here. */
  @Override
  public R next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    try {
      R made = next.join();
      begin();
      return made;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
