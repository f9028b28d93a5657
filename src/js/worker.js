let t;onmessage=e=>{clearTimeout(t);if(e.data!==undefined)t=setTimeout(()=>postMessage(0),e.data)}
