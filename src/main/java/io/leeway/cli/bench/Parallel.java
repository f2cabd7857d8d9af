package io.leeway.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs simulations at the same time. Results come in the order of the simulations, so they do not
 * depend on how many run at once.
 */
record Parallel(int threads) {
  static Parallel everyCore() {
    return new Parallel(Runtime.getRuntime().availableProcessors());
  }

  <T> List<T> all(List<Callable<T>> simulations) {
    ExecutorService threadsOfThis = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> of : threadsOfThis.invokeAll(simulations)) {
        results.add(of.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A simulation failed.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Simulations were interrupted.", e);
    } finally {
      threadsOfThis.shutdownNow();
    }
  }
}
