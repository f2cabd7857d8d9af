package io.leeway.policy.notice;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads an answer no further than is needed: of a success the status, of anything else the
 * beginning of its body as well. A body that breaks off is as good as its beginning.
 */
final class Answer implements HttpResponse.BodyHandler<String> {
  static final int MOST_BYTES = 2_048;

  private volatile int status;

  @Override
  public BodySubscriber<String> apply(HttpResponse.ResponseInfo info) {
    status = info.statusCode();
    boolean isSuccess = status >= 200 && status < 300;
    return new Beginning(isSuccess ? 0 : MOST_BYTES);
  }

  /** Empty until it has come. */
  OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  private static final class Beginning implements BodySubscriber<String> {
    private final int most;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    Beginning(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<String> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      goOn();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), most - read.size())];
        buffer.get(bytes);
        read.write(bytes, 0, bytes.length);
      }
      goOn();
    }

    private void goOn() {
      if (read.size() < most) {
        subscription.request(1);
      } else {
        subscription.cancel();
        onComplete();
      }
    }

    @Override
    public void onError(Throwable cause) {
      onComplete();
    }

    @Override
    public void onComplete() {
      body.complete(read.toString(StandardCharsets.UTF_8));
    }
  }
}
