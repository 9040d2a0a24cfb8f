package dev.quern.engine.pass;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of work as bytes, for workers in other processes of the same build: never stored,
 * and read only from who started the process.
 */
public final class Portable {
  private Portable() {}

  /** Returns {@code description} as bytes. */
  public static byte[] write(Serializable description) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new Writer(bytes)) {
      out.writeObject(description);
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the description whose bytes {@link #write} returned.
   *
   * @param loader knows the classes of Quern and of operators
   * @throws IllegalStateException if they are of another build
   */
  public static <T> T read(byte[] bytes, Class<T> type, ClassLoader loader) throws IOException {
    try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes), loader)) {
      return type.cast(in.readObject());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "workers must run the build that sent them work; found: no " + e.getMessage(), e);
    }
  }

  /** An optional, which the JDK does not write: what it holds, or null. */
  private record Maybe(@Nullable Object held) implements Serializable {
    private Object readResolve() {
      return Optional.ofNullable(held);
    }
  }

  private record MaybeLong(boolean isPresent, long held) implements Serializable {
    private Object readResolve() {
      return isPresent ? OptionalLong.of(held) : OptionalLong.empty();
    }
  }

  private static final class Writer extends ObjectOutputStream {
    Writer(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object written) {
      if (written instanceof Optional<?> optional) {
        return new Maybe(optional.orElse(null));
      }
      if (written instanceof OptionalLong optional) {
        return new MaybeLong(optional.isPresent(), optional.orElse(0));
      }
      return written;
    }
  }

  private static final class Reader extends ObjectInputStream {
    private final ClassLoader loader;

    Reader(ByteArrayInputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
