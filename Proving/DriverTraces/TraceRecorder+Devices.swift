package import Bench
package import Drivers

extension TraceRecorder: DeviceSource {
  package func devices(inSubsystem name: String) -> [String] {
    let devices = source.devices(inSubsystem: name)
    put(Question.devices(name), devices.map(TraceText.word).joined(separator: " "))
    return devices
  }

  package func device(ofNode path: String) -> String? {
    let device = source.device(ofNode: path)
    put(Question.device(ofNode: path), device.map(TraceText.word) ?? "")
    return device
  }

  package func properties(of device: String) -> [String: String]? {
    let properties = source.properties(of: device)
    put(Question.properties(device), properties.map { TraceText.pairs($0) } ?? "")
    return properties
  }

  package func attribute(_ key: String, of device: String) -> String? {
    let value = source.attribute(key, of: device)
    put(Question.attribute(key, device), value.map(TraceText.word) ?? "")
    return value
  }

  package func setAttribute(_ key: String, of device: String, to value: String) -> Int32 {
    let code = source.setAttribute(key, of: device, to: value)
    put(Question.setAttribute(key, device, value), TraceErrors.text(-Int(code)))
    return code
  }

  package func parent(of device: String) -> String? {
    let parent = source.parent(of: device)
    put(Question.parent(device), parent.map(TraceText.word) ?? "")
    return parent
  }

  package func watch() throws(RigFault) -> any DeviceWatch {
    let watch = try source.watch()
    put(Question.watch)
    return RecordedWatch(watch: watch, recorder: self)
  }

  private struct RecordedWatch: DeviceWatch {
    let watch: any DeviceWatch
    let recorder: TraceRecorder

    func events(within limit: Duration) -> [DeviceEvent] {
      let events = watch.events(within: limit)
      let words = events.map { event in
        TraceText.pairs(
          event.properties.merging(
            [EventKey.action: event.action, EventKey.path: event.path]) { _, own in own })
      }
      recorder.put(Question.events(limit), words.joined(separator: " "))
      return events
    }
  }
}

/// Under which keys an event's own members stand beside its properties.
enum EventKey {
  static let action = "."
  static let path = "/"
}
