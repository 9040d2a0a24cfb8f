package dev.quern.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model in ONNX Runtime, one thread per call. Safe for several threads; closing waits for calls
 * that run, because native memory must not go away under them.
 */
final class Session implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  Session(byte[] model) {
    environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // On Windows it would tell the system of each session.
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalStateException("model.onnx must be a graph ONNX Runtime can run", e);
    }
  }

  OrtEnvironment environment() {
    return environment;
  }

  /** Makes input tensors by name. */
  interface Feed {
    void fill(Map<String, OnnxTensor> inputs) throws OrtException;
  }

  /** Takes outputs; they are gone afterwards. */
  interface Receiver<T> {
    T receive(OrtSession.Result result) throws OrtException;
  }

  <T> T run(Feed feed, Set<String> outputs, Receiver<T> receiver) {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("model must be open; found: closed");
      }
      feed.fill(inputs);
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        return receiver.receive(result);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("model must run on its inputs", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("model must close", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
