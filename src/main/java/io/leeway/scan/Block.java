package io.leeway.scan;

import org.apache.spark.sql.types.DataType;

/** Some rows of the projection, column by column; the same object is filled again and again. */
final class Block {
  final ColumnBuffer[] buffers;
  int size;

  /** Rows that the reader would like to have at once, if there are as many. */
  int wanted = ColumnBuffer.ROWS;

  Block(Layout layout, DataType[] types) {
    this(layout.reads().toArray(ReadColumn[]::new), types);
  }

  Block(ReadColumn[] reads, DataType[] types) {
    buffers = new ColumnBuffer[reads.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] =
          switch (reads[i].reading()) {
            case NUMBER -> new NumberBuffer(types[i]);
            case TEXT -> new TextBuffer(types[i], reads[i].coded());
            case TIME -> new TimeBuffer();
          };
    }
  }

  /** Heap held by the texts met, in bytes, roughly. */
  long textBytes() {
    long bytes = 0;
    for (ColumnBuffer buffer : buffers) {
      bytes += buffer instanceof TextBuffer texts ? texts.bytes() : 0;
    }
    return bytes;
  }

  /** Starts the codes of all texts anew; those of the rows that are there mean nothing after it. */
  void forgetTexts() {
    for (ColumnBuffer buffer : buffers) {
      if (buffer instanceof TextBuffer texts) {
        texts.forget();
      }
    }
  }

  NumberBuffer numbers(int place) {
    return (NumberBuffer) buffers[place];
  }

  TextBuffer texts(int place) {
    return (TextBuffer) buffers[place];
  }

  TimeBuffer times(int place) {
    return (TimeBuffer) buffers[place];
  }
}
