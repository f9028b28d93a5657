const { kind, status } = SoftPhoneSdk.parseMessage('SIP/2.0 486 Busy Here\r\nCall-ID: 1\r\n\r\n');
show(kind, status); //> response 486
