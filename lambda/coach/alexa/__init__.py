"""The edge to Alexa: envelopes in, responses out."""
